import { expect, test } from 'vitest'
import type { Desk, SignInState } from '#shared/ipc'
import { earlyDesk } from '../../../src-renderer/app/early-desk'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { ana, ben } from '../../src-shared/tickets/samples'
import { signedIn } from '../engine/fake-desk'
import { turn } from '../engine/virtual-world'

const signedOut: SignInState = { kind: 'signed-out' }

/** A main process that says who is signed in, and a count of the desks that are open. */
function setting(state: SignInState) {
  const listeners = new Set<(state: SignInState) => void>()
  const desk = {
    session: {
      current: () => Promise.resolve(state),
      changed: (listener: (state: SignInState) => void) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  } as unknown as Desk
  const log: string[] = []
  const open = (profile: string) => {
    if (profile === 'broken') return Promise.reject(new Error('newer'))
    log.push(`open ${profile}`)
    return Promise.resolve({ close: () => log.push(`close ${profile}`) } as unknown as DeskStore)
  }
  const becomes = (next: SignInState) => {
    for (const listener of [...listeners]) listener(next)
  }
  return { desk, log, becomes, listeners, ask: earlyDesk(open, desk) }
}

test('the desk is being opened before anybody asks, and is opened once', async () => {
  const { ask, log, desk, listeners } = setting(signedIn)
  await turn()
  expect(log).toEqual([`open ${signedIn.profile}`])
  await ask(signedIn.profile, ana, desk)
  expect(log).toEqual([`open ${signedIn.profile}`])
  expect(listeners.size).toBe(0)
})

test('asked for again, it is opened anew', async () => {
  const { ask, log, desk } = setting(signedIn)
  await turn()
  await ask(signedIn.profile, ana, desk)
  await ask(signedIn.profile, ana, desk)
  expect(log).toEqual([`open ${signedIn.profile}`, `open ${signedIn.profile}`])
})

test('another person gets theirs, and the first one is closed', async () => {
  const { ask, log, desk } = setting(signedIn)
  await turn()
  await ask('acme.ben', ben, desk)
  await turn()
  expect(log).toEqual([`open ${signedIn.profile}`, 'open acme.ben', `close ${signedIn.profile}`])
})

test.each<[what: string, next: SignInState]>([
  ['signs out', signedOut],
  ['is another one', { ...signedIn, profile: 'acme.ben', agent: ben }],
])('whoever was signed in %s before anybody asked: it is closed', async (_, next) => {
  const { log, becomes } = setting(signedIn)
  await turn()
  becomes(next)
  await turn()
  expect(log).toEqual([`open ${signedIn.profile}`, `close ${signedIn.profile}`])
})

test('nobody is signed in: nothing is opened before somebody is', async () => {
  const { ask, log, desk } = setting(signedOut)
  await turn()
  expect(log).toEqual([])
  await ask('acme.ben', ben, desk)
  expect(log).toEqual(['open acme.ben'])
})

test('one that cannot be opened says why to whoever asks', async () => {
  const { ask, desk } = setting({ ...signedIn, profile: 'broken' })
  await turn()
  await expect(ask('broken', ana, desk)).rejects.toThrow('newer')
})
