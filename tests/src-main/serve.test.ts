import { describe, expect, it, test } from 'vitest'
import { type Answer, contract, type Handlers } from '#shared/ipc'
import type { WindowKind } from '../../src-main/app-origin'
import { DeskFailure } from '../../src-main/desk-failure'
import { makeDesk } from '../../src-main/make-desk'
import { encodePush } from '../../src-main/push'
import { type CallEvent, serve } from '../../src-main/serve'

const signedOut = { kind: 'signed-out' } as const

/** Handlers that answer and remember; a test replaces what it is about. */
function handlersWith(
  replaced: { readonly [group in keyof Handlers]?: Partial<Handlers[group]> } = {},
): Handlers {
  return {
    app: {
      info: () => ({ version: '1', electron: '25', platform: 'test', startedWith: 'ui' }),
      drawn: () => undefined,
      settled: () => undefined,
      openExternal: () => undefined,
      ...replaced.app,
    },
    session: {
      current: () => signedOut,
      demoPeople: () => [],
      signInDemo: () => signedOut,
      connect: () => signedOut,
      signOut: () => undefined,
      expired: () => undefined,
      ...replaced.session,
    },
    alarm: { set: () => undefined, ...replaced.alarm },
    notification: { show: () => ({ shown: true }), badge: () => undefined, ...replaced.notification },
    journal: { append: () => undefined, read: () => ({ generation: 0, lines: [] }), ...replaced.journal },
    local: { wipes: () => [], wiped: () => undefined, ...replaced.local },
    files: {
      saveText: () => ({}),
      saveAttachment: () => ({}),
      picture: () => ({ type: '', bytes: new Uint8Array() }),
      ...replaced.files,
    },
    navigation: {},
    window: {
      openTicket: () => undefined,
      showConsole: () => undefined,
      zoom: () => ({ percent: 100 }),
      ...replaced.window,
    },
    power: {},
  }
}

const anAlert = { key: 'k', title: 't', body: 'b', urgency: 'normal' }
const windows: Readonly<Record<number, WindowKind>> = { 1: 'console', 2: 'engine', 3: 'ticket' }
const fromConsole: CallEvent = {
  sender: { id: 1 },
  senderFrame: { url: 'console://app/console.html', parent: null },
}
const fromTicket: CallEvent = {
  sender: { id: 3 },
  senderFrame: { url: 'console://app/console.html#ticket=t1', parent: null },
}
const fromEngine: CallEvent = {
  sender: { id: 2 },
  senderFrame: { url: 'console://app/engine.html', parent: null },
}

function served(replaced: Parameters<typeof handlersWith>[0] = {}) {
  const listeners = new Map<string, (event: CallEvent, input: unknown) => Promise<Answer>>()
  const bugs: unknown[] = []
  serve({
    receiver: { handle: (channel, listener) => listeners.set(channel, listener) },
    handlers: handlersWith(replaced),
    windowOf: (id) => windows[id],
    bug: (error, where) => bugs.push([where, error]),
  })
  const call = async (channel: string, input?: unknown, event: CallEvent = fromEngine): Promise<Answer> => {
    const listener = listeners.get(channel)
    if (!listener) throw new Error(`nothing serves ${channel}`)
    return listener(event, input)
  }
  return { listeners, bugs, call }
}

describe('serve', () => {
  it('serves exactly the calls of the contract', () => {
    const calls = Object.entries(contract).flatMap(([group, members]) =>
      Object.entries(members).flatMap(([name, member]) =>
        member.kind === 'call' ? [`${group}:${name}`] : [],
      ),
    )
    expect([...served().listeners.keys()].sort()).toEqual(calls.sort())
  })

  test.each<[string, CallEvent]>([
    ['a page that is gone', { sender: { id: 1 }, senderFrame: null }],
    [
      'a frame inside a page',
      { ...fromConsole, senderFrame: { url: 'console://app/console.html', parent: {} } },
    ],
    [
      'a page of another origin',
      { ...fromConsole, senderFrame: { url: 'https://evil.example/console.html', parent: null } },
    ],
    [
      'an origin that begins like ours',
      { ...fromConsole, senderFrame: { url: 'console://app.evil/console.html', parent: null } },
    ],
    ['a window that is not ours', { ...fromConsole, sender: { id: 99 } }],
    ['a ticket’s window with the page of the engine', { ...fromEngine, sender: { id: 3 } }],
    ['the console with the page of the engine', { ...fromEngine, sender: { id: 1 } }],
  ])('refuses %s, on every call', async (_who, event) => {
    const { listeners } = served()
    for (const [channel, listener] of listeners) {
      expect(await listener(event, undefined), channel).toMatchObject({
        ok: false,
        error: { code: 'forbidden' },
      })
    }
  })

  test.each([
    'alarm:set',
    'notification:show',
    'notification:badge',
    'journal:read',
    'session:expired',
    'local:wiped',
  ])('refuses %s from the console: it belongs to the engine', async (channel) => {
    for (const from of [fromConsole, fromTicket]) {
      expect(await served().call(channel, undefined, from)).toMatchObject({
        ok: false,
        error: { code: 'forbidden', message: expect.stringContaining('engine') },
      })
    }
  })

  it('answers a ticket’s own window like the console', async () => {
    expect(await served().call('session:current', undefined, fromTicket)).toEqual({
      ok: true,
      value: signedOut,
    })
  })

  test.each([
    ['session:connect', { url: 5, token: 'x', keep: true }, 'url'],
    ['session:connect', { url: 'https://p.example', token: 'x' }, 'keep'],
    ['session:current', { surprise: true }, 'input'],
    ['alarm:set', { at: 'tomorrow' }, 'at'],
    ['alarm:set', { at: 1_700_000_000_000 }, 'at'],
    ['notification:show', { profile: 'p', alert: { ...anAlert, key: '' } }, 'alert.key'],
    ['notification:show', { profile: 'p', alert: { ...anAlert, urgency: 'loud' } }, 'alert.urgency'],
    ['notification:show', { profile: '../x', alert: anAlert }, 'profile'],
    ['session:signOut', { wipe: 'the computer' }, 'wipe'],
    ['notification:badge', { atRisk: -1 }, 'atRisk'],
    ['journal:append', { profile: '../../etc/passwd', lines: [] }, 'profile'],
    ['journal:append', { profile: 'p', lines: [{ key: 'k', value: 'x'.repeat(500_001) }] }, 'lines.0.value'],
    ['app:openExternal', { url: 'no address' }, 'url'],
  ])('refuses %s with a wrong input and names the field', async (channel, input, field) => {
    const { call, bugs } = served()
    const answer = await call(channel, input)
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(answer.ok ? '' : answer.error.message).toContain(`${channel}: ${field}:`)
    expect(bugs).toEqual([])
  })

  it('hands decoded input on: instants in epoch ms', async () => {
    const seen: unknown[] = []
    const { call } = served({
      alarm: {
        set: (input) => {
          seen.push(input)
          return undefined
        },
      },
    })
    await call('alarm:set', { at: '2026-11-23T06:00:00.000Z' })
    await call('alarm:set', {})
    expect(seen).toEqual([{ at: Date.UTC(2026, 10, 23, 6) }, {}])
  })

  it('answers an expected failure with its code and words', async () => {
    const { call, bugs } = served({
      session: {
        connect: () => {
          throw new DeskFailure('bad-token', 'ask for a new one')
        },
      },
    })
    const answer = await call('session:connect', { url: 'u', token: 't', keep: true }, fromConsole)
    expect(answer).toEqual({ ok: false, error: { code: 'bad-token', message: 'ask for a new one' } })
    expect(bugs).toEqual([])
  })

  test.each<[string, () => never]>([
    [
      'throws',
      () => {
        throw new Error('secret detail')
      },
    ],
    [
      'throws something odd',
      () => {
        throw 'secret detail'
      },
    ],
  ])('reports a handler that %s as a bug, without its words to the page', async (_how, handler) => {
    const { call, bugs } = served({ app: { info: handler } })
    const answer = await call('app:info')
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(bugs).toHaveLength(1)
  })

  it('reports an answer that breaks the contract as a bug', async () => {
    const { call, bugs } = served({ journal: { read: () => ({ generation: -1, lines: [] }) } })
    expect(await call('journal:read', { profile: 'p' })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    })
    expect(bugs).toHaveLength(1)
  })
})

describe('window.desk, joined to serve', () => {
  function joined(replaced: Parameters<typeof handlersWith>[0] = {}, event = fromEngine) {
    const { call } = served(replaced)
    const pushes = new Map<string, (payload: unknown) => void>()
    const desk = makeDesk(contract, {
      // What crosses is cloned, as Electron does.
      invoke: async (channel, input) => structuredClone(await call(channel, structuredClone(input), event)),
      listen: (channel, listener) => pushes.set(channel, listener),
    })
    const push = ({ channel, payload }: { channel: string; payload: unknown }) =>
      pushes.get(channel)?.(structuredClone(payload))
    return { desk, push }
  }

  it('has one function for each member of the contract and nothing else', () => {
    const shape = (value: object) =>
      Object.fromEntries(Object.entries(value).map(([k, v]) => [k, Object.keys(v)]))
    const { desk } = joined()
    expect(shape(desk)).toEqual(shape(contract))
    for (const group of Object.values(desk)) {
      for (const member of Object.values(group)) expect(member).toBeTypeOf('function')
    }
  })

  it('carries instants both ways as epoch ms', async () => {
    const at = Date.UTC(2026, 10, 23, 6, 0, 0, 123)
    let seen: number | undefined
    const { desk } = joined({
      alarm: {
        set: (input) => {
          seen = input.at
          return undefined
        },
      },
    })
    await desk.alarm.set({ at })
    expect(seen).toBe(at)
  })

  it('rejects with a plain code and message', async () => {
    const { desk } = joined({}, fromConsole)
    await expect(desk.alarm.set({})).rejects.toEqual({ code: 'forbidden', message: expect.any(String) })
  })

  it('refuses on its side what can not be sent', async () => {
    await expect(joined().desk.alarm.set({ at: Number.NaN })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('delivers pushes to every listener until it unsubscribes', () => {
    const { desk, push } = joined()
    const heard: string[] = []
    const end = desk.session.changed((state) => heard.push(`a ${state.kind}`))
    desk.session.changed((state) => heard.push(`b ${state.kind}`))
    push(encodePush('session', 'changed', signedOut))
    end()
    push(encodePush('session', 'changed', signedOut))
    expect(heard).toEqual(['a signed-out', 'b signed-out', 'b signed-out'])
  })

  it('keeps the last push that came before anyone listened, for the first listener', () => {
    const { desk, push } = joined()
    push(encodePush('navigation', 'openTicket', { ticketId: 'old' }))
    push(encodePush('navigation', 'openTicket', { ticketId: 'new' }))
    const heard: unknown[] = []
    desk.navigation.openTicket(({ ticketId }) => heard.push(ticketId))
    desk.navigation.openTicket(({ ticketId }) => heard.push(`second ${ticketId}`))
    expect(heard).toEqual(['new'])
  })
})
