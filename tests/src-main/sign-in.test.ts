import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import type { SignInState } from '#shared/ipc'
import type { DemoPortal } from '../../src-main/embedded-portal'
import { keychain, type SafeStorage } from '../../src-main/keychain'
import { sessionStore } from '../../src-main/session-store'
import { signIn } from '../../src-main/sign-in'
import type { StartWith } from '../../src-main/sign-in-at-start'
import { wipeOrders } from '../../src-main/wipe-orders'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sign-in-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const url = 'https://p.example'
const tokens: Record<string, string> = {
  'token-of-ana': 'ana',
  'token-of-bob': 'bob',
  'token-of-maya': 'maya',
}

/** A keyring that turns the text around; nobody would find the token in it. */
const keyring = (backend: string): SafeStorage => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => backend,
  encryptString: (text) => Buffer.from([...text].reverse().join('')),
  decryptString: (sealed) => [...sealed.toString()].reverse().join(''),
})

const demo: DemoPortal = {
  type: 'ready',
  url: 'http://127.0.0.1:4000',
  workspace: { id: 'demo', name: 'Demo' },
  people: [
    {
      agentId: 'maya',
      name: 'Maya',
      role: 'l1',
      region: 'EMEA',
      about: 'Works the queue',
      token: 'token-of-maya',
    },
  ],
}

type World = {
  reachable?: boolean
  backend?: string
  startWith?: StartWith
  demoReady?: () => Promise<DemoPortal>
}

/** A start of the console with the same folder: what a restart finds is what the start before has left. */
function start(world: World = {}) {
  const asked: string[] = []
  const changes: SignInState[] = []
  const reports: string[] = []
  const stillValid = vi.fn()
  const later: (() => void)[] = []
  const wipes = wipeOrders(path.join(folder, 'wipe.json'), (problem) => reports.push(problem))
  const made = signIn(
    {
      fetch: async (address, init) => {
        if (world.reachable === false) throw new Error('net::ERR_CONNECTION_REFUSED')
        const token = new Headers(init.headers).get('authorization')?.replace('Bearer ', '') ?? ''
        asked.push(`${address} ${token}`)
        const agent = tokens[token]
        if (agent === undefined) {
          return Response.json(
            { type: 'about:blank', title: 'no', status: 401, code: 'unauthorised' },
            { status: 401 },
          )
        }
        const workspace = address.startsWith(demo.url) ? demo.workspace : { id: 'ws', name: 'Workspace' }
        return Response.json({
          product: 'meridian-portal',
          protocol: 1,
          workspace,
          agent: { id: agent, name: agent, email: '', role: 'l1', region: 'EMEA' },
          serverTime: '2026-11-23T06:00:00.000Z',
          features: [],
        })
      },
      store: sessionStore(path.join(folder, 'session.json'), (problem) => reports.push(problem)),
      keychain: keychain(keyring(world.backend ?? 'gnome_libsecret'), 'linux'),
      demo: { ready: world.demoReady ?? (async () => demo) },
      wipes,
      changed: (state) => changes.push(state),
      stillValid,
      later: (_ms, run) => void later.push(run),
      report: (problem) => reports.push(problem),
    },
    world.startWith ?? {},
  )
  return { signIn: made, asked, changes, reports, stillValid, later, wipes }
}

const stored = () => readFile(path.join(folder, 'session.json'), 'utf8').catch(() => undefined)
const connect = { url: `${url}/`, token: ' token-of-ana ', keep: true }

describe('connecting to a portal', () => {
  it('says who one is and tells the windows', async () => {
    const { signIn: made, changes } = start()
    const state = await made.connect(connect)
    expect(state).toMatchObject({
      kind: 'signed-in',
      profile: 'ws.ana',
      portalUrl: url,
      demo: false,
      kept: 'kept',
    })
    expect(changes).toEqual([state])
    expect(await made.current()).toEqual(state)
    expect(await made.target()).toEqual({
      kind: 'ready',
      base: url,
      token: 'token-of-ana',
      profile: 'ws.ana',
    })
  })

  test.each([
    [{ ...connect, url: 'nonsense' }, 'bad-url'],
    [{ ...connect, url: 'http://p.example' }, 'insecure-url'],
    [{ ...connect, token: 'wrong' }, 'bad-token'],
  ])('with a mistake changes nothing: %j', async (to, code) => {
    const { signIn: made, changes } = start()
    const before = await made.connect(connect)
    const kept = await stored()
    await expect(made.connect(to)).rejects.toMatchObject({ code })
    expect(await made.current()).toEqual(before)
    expect(await stored()).toBe(kept)
    expect(changes).toHaveLength(1)
  })

  it('never gives the token to the windows or to the disk', async () => {
    const { signIn: made, changes } = start()
    await made.connect(connect)
    expect(JSON.stringify(changes)).not.toContain('token-of-ana')
    expect(await stored()).not.toContain('token-of-ana')
  })
})

describe('starting again', () => {
  it('opens the desk without asking the portal, so also offline', async () => {
    const before = await start().signIn.connect(connect)
    const again = start({ reachable: false })
    expect(await again.signIn.current()).toEqual(before)
    expect(await again.signIn.target()).toMatchObject({ kind: 'ready', token: 'token-of-ana' })
    expect(again.asked).toEqual([])
  })

  test.each<[string, World, boolean, RegExp | undefined]>([
    ['there was no keychain', { backend: 'basic_text' }, true, /no keychain.*still here/],
    ['it was for the session only', {}, false, undefined],
  ])('asks for the token when %s', async (_when, world, keep, notice) => {
    const state = await start(world).signIn.connect({ ...connect, keep })
    expect(state).toMatchObject({ kept: keep ? 'no-keychain' : 'session-only' })
    expect((await stored()) ?? '').not.toContain('token-of-ana')
    expect(await start(world).signIn.current()).toEqual({
      kind: 'signed-out',
      ...(notice ? { notice: expect.stringMatching(notice), portalUrl: url } : {}),
    })
  })

  it('asks for the token when the keychain is another one', async () => {
    await start().signIn.connect(connect)
    expect(await start({ backend: 'kwallet5' }).signIn.current()).toEqual({
      kind: 'signed-out',
      notice: expect.stringContaining('keychain'),
      portalUrl: url,
    })
  })

  test.each(['', '{', '[]', '{"version":2}', '{"version":1,"kept":"kept"}'])(
    'begins at the sign-in when its file holds %j',
    async (text) => {
      await writeFile(path.join(folder, 'session.json'), text)
      const { signIn: made, reports } = start()
      expect(await made.current()).toEqual({ kind: 'signed-out' })
      expect(reports).toHaveLength(1)
    },
  )

  it('is signed out after signing out', async () => {
    const { signIn: made, changes } = start()
    await made.connect(connect)
    await made.signOut('see you')
    expect(changes.at(-1)).toEqual({ kind: 'signed-out', notice: 'see you', portalUrl: url })
    expect(await made.target()).toEqual({ kind: 'signed-out' })
    expect(await start().signIn.current()).toEqual({ kind: 'signed-out' })
  })
})

describe('signing out', () => {
  it('leaves everything on this computer', async () => {
    const { signIn: made, wipes } = start()
    await made.connect(connect)
    await made.signOut()
    expect(await wipes.pending()).toEqual([])
  })

  it('says what is to be removed before it is said that one is signed out', async () => {
    const { signIn: made, wipes, changes } = start()
    await made.connect(connect)
    let atChange: unknown
    changes.push = (...states) => {
      atChange = JSON.parse(readFileSync(path.join(folder, 'wipe.json'), 'utf8')).orders
      return states.length
    }
    await made.signOut(undefined, 'everything')
    expect(atChange).toEqual([{ profile: 'ws.ana', what: 'everything' }])
    expect(await wipes.pending()).toEqual([{ profile: 'ws.ana', what: 'everything' }])
  })

  it('killed between the two, is finished by the next start', async () => {
    await start().signIn.connect(connect)
    await start().wipes.order({ profile: 'ws.ana', what: 'tickets' })
    const again = start()
    expect(await again.signIn.current()).toEqual({ kind: 'signed-out' })
    expect(await stored()).toBeUndefined()
  })

  it('nobody is let in again before what they wanted removed is gone', async () => {
    const { signIn: made, wipes, changes, later } = start()
    await made.connect(connect)
    await made.signOut(undefined, 'tickets')
    const bob = await made.connect({ ...connect, token: 'token-of-bob' })
    expect(bob, 'it is about ana alone').toMatchObject({ profile: 'ws.bob' })
    await made.signOut()
    const count = changes.length
    const ana = made.connect(connect)
    await vi.waitFor(() => expect(later.length).toBeGreaterThan(0))
    expect(changes).toHaveLength(count)
    await wipes.done({ profile: 'ws.ana', what: 'tickets' })
    expect(await ana).toMatchObject({ profile: 'ws.ana' })
  })

  it('…and is told so when that takes too long', async () => {
    const { signIn: made, later } = start()
    await made.connect(connect)
    await made.signOut(undefined, 'everything')
    later.length = 0
    const again = made.connect(connect)
    await vi.waitFor(() => expect(later).toHaveLength(1))
    later[0]?.()
    await expect(again).rejects.toMatchObject({
      code: 'portal-failed',
      message: expect.stringContaining('still being removed'),
    })
    expect(await made.current()).toEqual({ kind: 'signed-out', portalUrl: url })
  })
})

describe('started with a portal on the command line', () => {
  const startWith = { portal: { url, token: 'token-of-ana' } }

  it('is signed in, and opens offline the next time', async () => {
    const first = start({ startWith })
    expect(await first.signIn.current()).toMatchObject({
      kind: 'signed-in',
      kept: 'session-only',
      profile: 'ws.ana',
    })
    const again = start({ startWith, reachable: false })
    expect(await again.signIn.current()).toMatchObject({ kind: 'signed-in', profile: 'ws.ana' })
    expect(await again.signIn.target()).toMatchObject({ token: 'token-of-ana' })
    expect(await stored()).not.toContain('token-of-ana')
  })

  it('asks again for another token or portal', async () => {
    await start({ startWith }).signIn.current()
    const bob = start({ startWith: { portal: { url, token: 'token-of-bob' } } })
    expect(await bob.signIn.current()).toMatchObject({ profile: 'ws.bob' })
    expect(bob.asked).toHaveLength(1)
  })

  test.each([
    ['the portal is down the first time', { startWith, reachable: false }, /nothing answers/],
    ['the token is wrong', { startWith: { portal: { url, token: 'wrong' } } }, /does not accept/],
    ['the address is wrong', { startWith: { portal: { url: 'p.example', token: 'x' } } }, /not an address/],
  ])('says why it is not when %s', async (_when, world, notice) => {
    expect(await start(world).signIn.current()).toEqual({
      kind: 'signed-out',
      notice: expect.stringMatching(notice),
      isProblem: true,
      portalUrl: world.startWith.portal.url,
    })
  })
})

describe('the demo', () => {
  it('shows who one can be, without their tokens', async () => {
    const people = await start().signIn.demoPeople()
    expect(people).toEqual([
      { agentId: 'maya', name: 'Maya', role: 'l1', region: 'EMEA', about: 'Works the queue' },
    ])
  })

  it('signs in, and opens again at the next start with the token of that start', async () => {
    expect(await start().signIn.signInDemo('maya')).toMatchObject({
      profile: 'demo.maya',
      demo: true,
      kept: 'kept',
    })
    expect(await stored()).not.toContain('token')
    const renewed = { ...demo, people: demo.people.map((person) => ({ ...person, token: 'new-token' })) }
    const again = start({ demoReady: async () => renewed })
    expect(await again.signIn.current()).toMatchObject({ profile: 'demo.maya' })
    expect(await again.signIn.target()).toMatchObject({ kind: 'ready', base: demo.url, token: 'new-token' })
  })

  it('signs in straight away as the command line says', async () => {
    expect(await start({ startWith: { demoPerson: 'l1' } }).signIn.current()).toMatchObject({
      profile: 'demo.maya',
    })
    expect(await start({ startWith: { demoPerson: 'supervisor' } }).signIn.current()).toEqual({
      kind: 'signed-out',
      notice: expect.stringContaining('no supervisor'),
      isProblem: true,
    })
  })

  it('for pictures opens the demo when nobody signed in, and otherwise what is there', async () => {
    const first = start({ startWith: { screenshots: 'out/screenshots' } })
    expect(await first.signIn.current()).toMatchObject({ profile: 'demo.maya' })
    const again = start({
      startWith: { screenshots: 'out/screenshots' },
      demoReady: async () => Promise.reject(new Error('gone')),
    })
    expect(await again.signIn.current()).toMatchObject({ profile: 'demo.maya' })
  })

  it('works offline when its portal does not start, and says why', async () => {
    await start().signIn.signInDemo('maya')
    const broken = async () => Promise.reject(new Error('no space left on device'))
    const again = start({ demoReady: broken })
    expect(await again.signIn.current()).toMatchObject({ kind: 'signed-in' })
    expect(await again.signIn.target()).toEqual({ kind: 'unreachable', reason: 'no space left on device' })
    await expect(again.signIn.demoPeople()).rejects.toMatchObject({
      code: 'portal-failed',
      message: expect.stringContaining('no space left'),
    })
  })

  it('is left when it was set up anew without this person', async () => {
    await start().signIn.signInDemo('maya')
    const again = start({ demoReady: async () => ({ ...demo, people: [] }) })
    await vi.waitFor(async () =>
      expect(await again.signIn.current()).toEqual({
        kind: 'signed-out',
        notice: expect.stringContaining('set up anew'),
      }),
    )
  })
})

describe('a token the engine found refused', () => {
  it('signs out when the portal says so too, and says that nothing is lost', async () => {
    const first = start()
    await first.signIn.connect(connect)
    delete tokens['token-of-ana']
    try {
      await first.signIn.expired()
    } finally {
      tokens['token-of-ana'] = 'ana'
    }
    expect(first.changes.at(-1)).toEqual({
      kind: 'signed-out',
      notice: expect.stringMatching(/still here/),
      portalUrl: url,
    })
    expect(await stored()).toBeUndefined()
  })

  it('is tried again when it is good: an old one was meant', async () => {
    const { signIn: made, changes, stillValid } = start()
    await made.connect(connect)
    await made.expired()
    expect(stillValid).toHaveBeenCalledOnce()
    expect(changes).toHaveLength(1)
  })

  it('stays when the portal can not be asked, and the engine tries again a little later', async () => {
    const world: World = {}
    const { signIn: made, stillValid, later } = start(world)
    await made.connect(connect)
    world.reachable = false
    await made.expired()
    expect(await made.current()).toMatchObject({ kind: 'signed-in' })
    expect(stillValid).not.toHaveBeenCalled()
    for (const run of later.splice(0)) run()
    expect(stillValid).toHaveBeenCalledOnce()
  })

  it('stays when the demo can not be asked, and the engine tries again a little later', async () => {
    const world: World = {}
    const {
      signIn: made,
      stillValid,
      later,
    } = start({ demoReady: () => (world.demoReady ?? (async () => demo))() })
    await made.signInDemo('maya')
    world.demoReady = async () => Promise.reject(new Error('it ended with code 9'))
    await made.expired()
    for (const run of later.splice(0)) run()
    expect(stillValid).toHaveBeenCalledOnce()
  })

  it('concerns nobody who signed in meanwhile', async () => {
    const world: World = {}
    const { signIn: made, stillValid, later } = start(world)
    await made.connect(connect)
    world.reachable = false
    await made.expired()
    world.reachable = true
    await made.connect({ ...connect, token: 'token-of-bob' })
    for (const run of later.splice(0)) run()
    expect(stillValid).not.toHaveBeenCalled()
  })
})

describe('the keychain', () => {
  test.each([
    ['gnome_libsecret', true, 'linux', 'gnome_libsecret'],
    ['basic_text', true, 'linux', undefined],
    ['unknown', true, 'linux', undefined],
    ['kwallet6', false, 'linux', undefined],
    ['', true, 'darwin', 'darwin'],
    ['', true, 'win32', 'win32'],
  ] as const)('%s, available %s, on %s seals with %s', (backend, available, platform, name) => {
    const ring = { ...keyring(backend), isEncryptionAvailable: () => available }
    expect(keychain(ring, platform).seal('t')?.backend).toBe(name)
  })

  test.each([
    ['v11', 'keyring'],
    ['v10', undefined],
  ])('of Electron 25, which has no name, is believed by its mark: %s seals with %s', (mark, name) => {
    const { getSelectedStorageBackend: _unnamed, ...older } = keyring('')
    const ring = keychain({ ...older, encryptString: (text) => Buffer.from(`${mark}${text}`) }, 'linux')
    expect(ring.seal('t')?.backend).toBe(name)
  })

  it('that can not open what it sealed gives nothing', () => {
    const ring = keychain(
      {
        ...keyring('gnome_libsecret'),
        decryptString: () => {
          throw new Error('key was reset')
        },
      },
      'linux',
    )
    expect(ring.open({ backend: 'gnome_libsecret', sealed: 'AAAA' })).toBeUndefined()
  })
})
