import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignInState } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { followSession } from '../../../src-renderer/engine/follow-session'
import { PROFILE_HEADER } from '../../../src-renderer/engine/portal-client'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { openDesk } from '../../../src-renderer/store/open-desk'
import { Unfinished } from '../../../src-renderer/ticket/command-form/unfinished'
import { ana, ben, MINUTE, note, reply } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { signedIn } from './fake-desk'
import { problem } from './in-memory-portal'
import { until } from './virtual-world'

/* One machine that two people use in turn: what each of them wrote is theirs, and waits for them. */

const stateOf = (agent: Agent): SignInState => ({ ...signedIn, profile: `acme.${agent.id}`, agent })

let rig: Rig
let world: ReturnType<Rig['machine']['process']>
let stopEngine: () => Promise<void>
let window: DeskStore | undefined
/** Who wrote what, as the portal took it. */
const taken = (): string[] =>
  [...rig.portal.records.values()].flatMap(({ kind, value }) => {
    const { author, body } = (value ?? {}) as { author?: { id?: string }; body?: string }
    return kind === 'message' && body !== undefined ? [`${author?.id}: ${body}`] : []
  })

beforeEach(() => {
  rig = new Rig()
  for (const id of ['t1', 't2']) rig.ticket(id)
  rig.main.state = { kind: 'signed-out' }
  plug()
  world = rig.machine.process()
  const following = followSession(rig.main.desk(), world)
  stopEngine = () => following.stop()
})
afterEach(async () => {
  window?.close()
  window = undefined
  await stopEngine()
})

/** What main does with a request: it goes out as whoever is signed in, or not at all. */
function plug(): void {
  rig.machine.network = (url, init) => {
    const { state } = rig.main
    const asked = new Headers(init.headers).get(PROFILE_HEADER)
    if (state.kind === 'signed-out' || asked !== state.profile) {
      return Promise.resolve(
        problem(403, 'another-person', 'somebody else is signed in', { 'x-portal-problem': 'profile' }),
      )
    }
    rig.portal.agent = state.agent
    return rig.portal.fetch(url, init)
  }
}
async function signIn(agent: Agent): Promise<DeskStore> {
  const state = stateOf(agent)
  rig.main.signIn(state)
  window = await openDesk(`acme.${agent.id}`, agent, rig.main.desk(), world)
  return window
}
async function signOut(...wipes: typeof rig.main.wipes): Promise<void> {
  rig.main.wipes.push(...wipes)
  rig.main.signIn({ kind: 'signed-out' })
  window?.close()
  window = undefined
  await rig.machine.settle()
}
const write = (store: DeskStore, what: ReturnType<typeof note>) =>
  store.run({ ...what, target: 't1' } as Parameters<DeskStore['run']>[0])
const databases = async () => (await rig.machine.factory.databases()).map(({ name }) => name ?? '').sort()

/** Ana is in step, loses the network, and leaves with a reply unsent, a note refused and a draft begun. */
async function anaLeavesUnfinished(...wipes: typeof rig.main.wipes): Promise<void> {
  const store = await signIn(ana)
  await rig.inSync(store)
  rig.portal.fault = (path) => (path === 'commands' ? problem(422, 'no', 'not today') : undefined)
  await write(store, note('refused'))
  await until('parked', () => store.status.get().parked === 1)
  rig.portal.fault = () => undefined
  rig.unplug()
  await write(store, reply('unsent'))
  await store.saveDraft('t2', 'reply', 'half a sentence')
  expect(await store.unfinished()).toEqual({ unsent: 1, parked: 1, drafts: 1 })
  await signOut(...wipes)
}

describe('signing out with work that was not sent', () => {
  test('it is there again and is sent when the same person signs in', async () => {
    await anaLeavesUnfinished()
    plug()
    await rig.machine.advance(5 * MINUTE)
    expect(taken(), 'nobody is signed in').toEqual([])

    const again = await signIn(ana)
    await rig.inSync(again)
    await until('sent', () => taken().length === 1)
    expect(taken()).toEqual(['ana: unsent'])
    expect(await again.unfinished()).toEqual({ unsent: 0, parked: 1, drafts: 1 })
    expect(await again.readDraft('t2', 'reply')).toBe('half a sentence')
  })

  test('it is never sent as somebody else, and nobody else sees it', async () => {
    await anaLeavesUnfinished()
    plug()
    const his = await signIn(ben)
    await rig.inSync(his)
    expect(await his.unfinished()).toEqual({ unsent: 0, parked: 0, drafts: 0 })
    expect(await his.readDraft('t2', 'reply')).toBe('')
    expect(his.rows.get('t1')).toMatchObject({ unsent: 0, parked: 0 })
    await write(his, note('mine'))
    await his.saveDraft('t2', 'reply', 'his own')
    await until('sent', () => taken().length === 1)
    expect(taken()).toEqual(['ben: mine'])
    await signOut()

    const hers = await signIn(ana)
    await rig.inSync(hers)
    await until('hers as well', () => taken().length === 2)
    expect(taken()).toEqual(['ben: mine', 'ana: unsent'])
    expect(await hers.readDraft('t2', 'reply')).toBe('half a sentence')
  })

  test('a token that is refused in mid-work keeps it as well', async () => {
    const store = await signIn(ana)
    await rig.inSync(store)
    rig.portal.fault = () => problem(401, 'unauthorised', 'who are you?')
    await write(store, reply('written while it was refused'))
    await until('main is told', () => rig.main.expired === 1)
    await signOut()
    rig.portal.fault = () => undefined
    expect(taken()).toEqual([])
    const again = await signIn(ana)
    await rig.inSync(again)
    await until('sent', () => taken().length === 1)
    expect(taken()).toEqual(['ana: written while it was refused'])
  })

  test('what was typed in the last moment counts as a draft', async () => {
    const store = await signIn(ana)
    await rig.inSync(store)
    store.keepTyped('t1', 'note', 'not in the journal yet')
    store.keepTyped('t2', 'note', '  ')
    expect(await store.unfinished()).toMatchObject({ drafts: 1 })
  })

  test('a form that was left half filled in counts as one, of this person in this workspace', async () => {
    const store = await signIn(ana)
    await rig.inSync(store)
    new Unfinished(world.typed, store.profile).keep('t1/escalate', { summary: 'half' })
    new Unfinished(world.typed, 'elsewhere.ana').keep('t1/escalate', { summary: 'another workspace' })
    expect(await store.unfinished()).toMatchObject({ drafts: 1 })
  })
})

describe('removing local data when signing out', () => {
  const hers = (what: 'tickets' | 'everything') => ({ profile: 'acme.ana', what })

  test('the tickets: fetched again without a word of loss, and what was written is still there', async () => {
    await anaLeavesUnfinished(hers('tickets'))
    await until('done', () => rig.main.wipes.length === 0)
    expect(await databases()).toEqual(['journal.acme.ana'])
    plug()
    const again = await signIn(ana)
    await rig.inSync(again)
    await until('sent', () => taken().length === 1)
    expect(again.status.get().notices).toEqual([])
    expect(await again.readDraft('t2', 'reply')).toBe('half a sentence')
  })

  test('everything: nothing is left, nothing is sent, and the next start is a first one', async () => {
    await anaLeavesUnfinished()
    const form = new Unfinished(world.typed, 'acme.ana')
    form.keep('t1/escalate', { summary: 'half' })
    const store = await signIn(ana)
    store.keepTyped('t1', 'note', 'in the last moment')
    await signOut(hers('everything'))
    await until('done', () => rig.main.wipes.length === 0)
    expect(await databases()).toEqual([])
    expect(new Unfinished(world.typed, 'acme.ana').read('t1/escalate')).toBeUndefined()
    expect(rig.main.files.has('acme.ana')).toBe(false)
    plug()
    const again = await signIn(ana)
    await rig.inSync(again)
    await rig.machine.advance(MINUTE)
    expect(taken()).toEqual([])
    expect(again.status.get().notices).toEqual([])
    expect(await again.unfinished()).toEqual({ unsent: 0, parked: 0, drafts: 0 })
    expect(await again.readDraft('t1', 'note')).toBe('')
  })

  test('of one person leaves the other’s alone', async () => {
    const his = await signIn(ben)
    await rig.inSync(his)
    await his.saveDraft('t1', 'note', 'his')
    await signOut()
    await anaLeavesUnfinished(hers('everything'))
    await until('done', () => rig.main.wipes.length === 0)
    expect(await databases()).toEqual(['journal.acme.ben', 'mirror.acme.ben'])
    plug()
    expect(await (await signIn(ben)).readDraft('t1', 'note')).toBe('his')
  })

  test('cut off by a kill, it is done by the next start, before anybody’s engine runs', async () => {
    const store = await signIn(ana)
    await rig.inSync(store)
    world.kill()
    window?.close()
    window = undefined
    await rig.machine.settle()
    rig.main.wipes.push(hers('everything'))
    rig.main.state = { kind: 'signed-out' }
    world = rig.machine.process()
    const following = followSession(rig.main.desk(), world)
    stopEngine = () => following.stop()
    await until('done', () => rig.main.wipes.length === 0)
    expect(await databases()).toEqual([])
  })
})
