import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BOOTSTRAP_PAGE } from '../../../src-renderer/engine/bootstrap'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { ben, claim, MINUTE, note, priority, reply, status } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { problem } from './in-memory-portal'
import { until } from './virtual-world'

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})
afterEach(() => rig.stop())

const connection = (store: DeskStore) => store.status.get().connection
const offline = (store: DeskStore) => {
  const now = connection(store)
  return now.kind === 'offline' ? now.problem : undefined
}
const run = (store: DeskStore, what: ReturnType<typeof note>, target = 't1') =>
  store.run({ ...what, target } as Parameters<DeskStore['run']>[0])
/** Asks for another pull and waits until it has been. */
const pullAgain = async (store: DeskStore) => {
  const before = rig.portal.requests.length
  store.syncNow()
  await until('a pull', () => rig.portal.requests.length > before)
  await rig.machine.settle()
}

describe('first sync', () => {
  test('brings everything, says how far it is, and goes on with changes', async () => {
    for (let n = 1; n <= BOOTSTRAP_PAGE + 20; n += 1) rig.ticket(`t${n}`)
    const progress: unknown[] = []
    const store = await rig.start()
    store.status.subscribe(() => progress.push(store.status.get().firstSync?.done))
    await rig.inSync(store)
    expect(store.rows.size).toBe(BOOTSTRAP_PAGE + 20)
    expect(progress).toContain(BOOTSTRAP_PAGE)
    expect(store.status.get().firstSync).toBeUndefined()
    expect(rig.portal.requests.filter((request) => request.includes('changes'))).toHaveLength(1)
  })

  test('killed in the middle, it goes on with the next page', async () => {
    for (let n = 1; n <= 3 * BOOTSTRAP_PAGE; n += 1) rig.ticket(`t${n}`)
    rig.portal.fault = (path) =>
      path === 'bootstrap' &&
      rig.portal.requests.filter((request) => request.includes('bootstrap')).length === 3
        ? new Promise<Response>(() => {})
        : undefined
    const first = await rig.start()
    await until('two pages', () => first.status.get().firstSync?.done === 2 * BOOTSTRAP_PAGE)
    await rig.kill()

    rig.portal.fault = () => undefined
    const asked = rig.portal.requests.length
    // Changed while the app was dead: it is in the feed after the first page's cursor.
    rig.ticket('t1', { subject: 'Changed meanwhile' })
    const store = await rig.synced()
    const again = rig.portal.requests.slice(asked).filter((request) => request.includes('bootstrap'))
    expect(again[0]).toContain(`.${2 * BOOTSTRAP_PAGE}`)
    expect(again).toHaveLength(2)
    expect(store.rows.get('t1')?.subject).toBe('Changed meanwhile')
  })

  test('a warm start shows the rows without the portal', async () => {
    rig.ticket('t1')
    await rig.synced()
    await rig.stop()
    rig.unplug()
    const store = await rig.start()
    await until('rows', () => store.rows.isReady())
    expect(store.rows.get('t1')?.subject).toBe('Alerts arrive late')
    await until('offline', () => offline(store))
    expect(store.status.get().lastSyncAt).toBeDefined()
  })
})

describe('staying in step', () => {
  test('without a stream it polls every few seconds', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    expect(connection(store)).toEqual({ kind: 'polling' })
    rig.ticket('t2')
    await rig.machine.advance(6000)
    expect(store.rows.get('t2')).toBeDefined()
  })

  test('a poke brings the change at once', async () => {
    rig.portal.withStream = true
    rig.ticket('t1')
    const store = await rig.synced()
    await until('live', () => connection(store).kind === 'live')
    await rig.machine.settle()
    rig.ticket('t2')
    rig.portal.poke()
    await until('the change', () => store.rows.get('t2'))
  })

  test('a silent stream is given up and opened again', async () => {
    rig.portal.withStream = true
    const store = await rig.synced()
    await until('live', () => connection(store).kind === 'live')
    const streams = () => rig.portal.requests.filter((request) => request.includes('stream')).length
    expect(streams()).toBe(1)
    await rig.machine.advance(25_000)
    rig.portal.say(': heartbeat\n\n')
    await rig.machine.advance(25_000)
    expect(streams(), 'a heartbeat keeps it').toBe(1)
    await rig.machine.advance(7_000)
    await until('a new stream', () => streams() > 1)
    await until('live again', () => connection(store).kind === 'live')
    expect(rig.portal.openStreams).toBe(1)
  })

  test('a cut stream means polling until it is back', async () => {
    rig.portal.withStream = true
    const store = await rig.synced()
    await until('live', () => connection(store).kind === 'live')
    rig.portal.withStream = false
    rig.portal.cutStreams()
    await until('polling', () => connection(store).kind === 'polling')
    rig.ticket('t9')
    await rig.machine.advance(6000)
    expect(store.rows.get('t9')).toBeDefined()
  })

  test('repeated and overlapping pages do no harm, older versions never win', async () => {
    rig.ticket('t1', { subject: 'first' })
    const store = await rig.synced()
    const old = rig.portal.records.get('ticket/t1')
    rig.ticket('t1', { subject: 'second' })
    await pullAgain(store)
    rig.portal.fault = (path) => {
      if (path !== 'changes') return undefined
      rig.portal.fault = () => undefined
      return Response.json({ records: [old], cursor: String(rig.portal.version), more: false })
    }
    await pullAgain(store)
    expect(store.rows.get('t1')?.subject).toBe('second')
  })

  test('a deleted ticket goes, and an old page does not bring it back', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    const old = rig.portal.records.get('ticket/t1')
    rig.portal.put('ticket', 't1', undefined)
    await pullAgain(store)
    expect(store.rows.get('t1')).toBeUndefined()
    rig.portal.fault = (path) =>
      path === 'changes'
        ? Response.json({ records: [old], cursor: String(rig.portal.version), more: false })
        : undefined
    await pullAgain(store)
    expect(store.rows.get('t1')).toBeUndefined()
  })

  test('410: everything is fetched again, what is gone goes, what I wrote stays', async () => {
    rig.ticket('t1')
    rig.ticket('t2')
    const store = await rig.synced()
    await store.saveDraft('t1', 'reply', 'half a sentence')
    rig.portal.records.delete('ticket/t2')
    rig.portal.tickets.delete('t2')
    rig.ticket('t3')
    rig.portal.oldestCursor = rig.portal.version
    await pullAgain(store)
    await rig.inSync(store)
    expect([...store.rows.values()].map(({ id }) => id).sort()).toEqual(['t1', 't3'])
    expect(await store.readDraft('t1', 'reply')).toBe('half a sentence')
  })

  test('records that can’t be read are kept aside and said; everything else goes on', async () => {
    rig.ticket('t1')
    rig.portal.putRaw('ticket', 't2', { id: 't2', subject: 7 })
    rig.portal.putRaw('hologram', 'h1', {})
    const store = await rig.start()
    await until('a notice', () => store.status.get().notices.some((notice) => notice.includes('2 records')))
    await until('the good one', () => store.rows.get('t1'))
    const [notice = ''] = store.status.get().notices
    store.dismissNotice(notice)
    await rig.machine.settle()
    expect(store.status.get().notices).toEqual([])
  })

  test('a ticket whose history breaks the rules is named and takes nothing down', async () => {
    rig.ticket('t1')
    const at = rig.machine.clock
    rig.ticket('t2', {
      slaEvents: [
        { at, type: 'created', priority: 'P2', channel: 'portal', by: 'customer' },
        { at: at - 1, type: 'workaround' },
      ],
    })
    const store = await rig.start()
    await until('the other one', () => store.rows.get('t1'))
    await until('a notice', () => store.status.get().notices.some((notice) => notice.includes('MER-t2')))
    expect(store.rows.get('t2')).toBeUndefined()
  })
})

describe('what comes instead of an answer is said in words, and tried again', () => {
  const html = () =>
    new Response('<html>Sign in to Wi-Fi</html>', { headers: { 'content-type': 'text/html' } })
  const cutShort = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"records":['))
          controller.error(new TypeError('terminated'))
        },
      }),
    )
  test.each<[string, () => Response | Promise<Response>, RegExp]>([
    [
      'no network',
      () => Promise.reject(new TypeError('Failed to fetch')),
      /can't be reached \(Failed to fetch\)/,
    ],
    ['a web page from a proxy', html, /web page came instead of data.*GET \/changes/],
    ['a web page with an error', () => new Response('<html>', { status: 502 }), /answered 502: a web page/],
    ['half a body', cutShort, /answer broke off/],
    ['invalid JSON', () => new Response('{"records":'), /cut short or isn't JSON/],
    ['nothing', () => new Response(''), /empty answer/],
    [
      'a wrong schema',
      () => Response.json({ records: 'all', cursor: '1', more: false }),
      /not as agreed: records/,
    ],
    ['a failing portal', () => problem(500, 'internal', 'see the log'), /answered 500: see the log/],
    ['too many requests', () => problem(429, 'slow-down', 'slow'), /slow down/],
    ['forbidden', () => problem(403, 'forbidden', 'this token may not read'), /This token may not read/],
    [
      'the same changes for ever',
      () => Response.json({ records: [], cursor: '0', more: true }),
      /again and again/,
    ],
  ])('%s', async (_name, answer, words) => {
    rig.ticket('t1')
    const store = await rig.synced()
    const before = rig.machine.clock
    rig.portal.fault = (path) => (path === 'changes' ? answer() : undefined)
    if (_name.startsWith('the same')) {
      // A portal that answers any position with that same position.
      rig.portal.fault = (path) =>
        path === 'changes'
          ? Response.json({ records: [], cursor: String(rig.portal.version), more: true })
          : undefined
    }
    store.syncNow()
    await until('offline', () => offline(store))
    expect(offline(store)).toMatch(words)
    expect(connection(store)).toMatchObject({ since: before })
    expect(store.rows.get('t1')).toBeDefined()

    rig.portal.fault = () => undefined
    rig.ticket('t2')
    await rig.machine.advance(2 * MINUTE)
    await rig.inSync(store)
    expect(store.rows.get('t2')).toBeDefined()
  })

  test('a portal that never answers is given up after half a minute', async () => {
    const store = await rig.synced()
    rig.portal.fault = (path) => (path === 'changes' ? new Promise<Response>(() => {}) : undefined)
    store.syncNow()
    await rig.machine.advance(29_000)
    expect(connection(store).kind).toBe('polling')
    await rig.machine.advance(2000)
    expect(offline(store)).toContain('did not answer within 30 s')
  })

  test('Retry-After is obeyed, and cut short by the person', async () => {
    const store = await rig.synced()
    rig.portal.fault = () => problem(429, 'slow-down', 'slow', { 'retry-after': '600' })
    store.syncNow()
    await until('offline', () => offline(store))
    const asked = rig.portal.requests.length
    await rig.machine.advance(9 * MINUTE)
    expect(rig.portal.requests.length).toBe(asked)
    rig.portal.fault = () => undefined
    store.syncNow()
    await rig.inSync(store)
  })

  test.each([
    ['going online', () => rig.machine.online()],
    ['waking from sleep', () => rig.main.wake()],
  ])('%s cuts the wait short', async (_name, happens) => {
    const store = await rig.synced()
    rig.unplug()
    store.syncNow()
    await until('offline', () => offline(store))
    await rig.machine.advance(10 * MINUTE)
    rig.plug()
    happens()
    await rig.inSync(store)
  })

  test('a newer protocol: says which side to update', async () => {
    rig.portal.protocol = 2
    const store = await rig.start()
    await until('offline', () => offline(store))
    expect(offline(store)).toMatch(/protocol 2 .* only 1: update Meridian on this computer/)
  })

  test('another workspace at the same address is never mixed in', async () => {
    rig.ticket('t1')
    rig.portal.workspaceId = 'globex'
    const store = await rig.start()
    await until('offline', () => offline(store))
    expect(offline(store)).toContain('sign in again')
    expect(store.rows.size).toBe(0)
  })

  test('401 signs out and keeps what is unsent', async () => {
    rig.ticket('t1')
    const store = await rig.synced()
    rig.portal.fault = () => problem(401, 'unauthorized', 'revoked')
    await run(store, note('not to be lost'))
    await until('expired', () => rig.main.expired > 0)
    await until('it says so', () => offline(store)?.includes('refuses this sign-in'))
    await rig.machine.advance(10 * MINUTE)
    expect(rig.main.expired).toBe(1)
    expect(store.status.get().unsent).toBe(1)

    rig.portal.fault = () => undefined
    rig.main.signIn({ kind: 'signed-out' })
    await rig.machine.settle()
    rig.main.signIn({ ...rig.main.state, ...(await import('./fake-desk')).signedIn })
    await until('sent after all', () => rig.portal.applied === 1)
  })
})

describe('the portal’s clock', () => {
  test.each([3 * 3_600_000, -3 * 3_600_000, 700])('%i ms apart', async (offsetMs) => {
    rig.portal.offsetMs = offsetMs
    const store = await rig.synced()
    expect(store.status.get().clockOffsetMs).toBe(offsetMs)
    expect(store.now()).toBe(rig.machine.clock + offsetMs)
  })
})

describe('commands', () => {
  beforeEach(() => {
    rig.ticket('t1')
    rig.ticket('t2')
  })

  test('are shown at once, sent, confirmed, and leave nothing behind', async () => {
    const store = await rig.synced()
    const live = store.ticket('t1')
    live.subscribe(() => {})
    await until('the ticket', () => live.get())
    const run1 = run(store, reply('On it'))
    const run2 = run(store, claim())
    await Promise.all([run1, run2])
    expect(store.rows.get('t1')?.assignee).toBe('Ana Souza')
    await until('both applied', () => rig.portal.applied === 2)
    await rig.inSync(store)
    await until(
      'settled',
      () =>
        live.get()?.timeline.length === 2 &&
        ![...rig.main.copy.keys()].some((key) => key.startsWith('outbox/')),
    )
    expect(live.get()?.timeline.map(({ pending, message }) => [message.type, pending])).toEqual([
      ['reply', undefined],
      ['change', undefined],
    ])
    expect(store.status.get()).toMatchObject({ unsent: 0, parked: 0 })
  })

  test('written offline, they survive a kill and are sent in order, once', async () => {
    const store = await rig.synced()
    rig.unplug()
    store.syncNow()
    await until('offline', () => offline(store))
    for (const text of ['one', 'two', 'three']) await run(store, note(text))
    await run(store, status('on-hold'))
    await run(store, status('solved'))
    await rig.kill()

    const again = await rig.start()
    await until('visible', () => again.rows.get('t1')?.unsent === 5)
    expect(again.rows.get('t1')?.status).toBe('solved')
    rig.plug()
    again.syncNow()
    await until('all applied', () => rig.portal.applied === 5)
    await rig.inSync(again)
    const bodies = [...rig.portal.records.values()]
      .filter(({ kind }) => kind === 'message')
      .sort((a, b) => a.version - b.version)
      .map(({ value }) => (value as { body?: string; to?: string }).body ?? (value as { to?: string }).to)
    expect(bodies).toEqual(['one', 'two', 'three', 'on-hold', 'solved'])
    expect(again.status.get().parked).toBe(0)
  })

  test('an answer that is lost is asked for again and applied once', async () => {
    const store = await rig.synced()
    let lost = 0
    rig.portal.fault = (path) => {
      if (path !== 'commands' || lost === 3) return undefined
      lost += 1
      return 'lose-answer'
    }
    await run(store, reply('only once'))
    await rig.machine.advance(2 * MINUTE)
    await rig.inSync(store)
    expect(lost).toBe(3)
    expect(rig.portal.applied).toBe(1)
  })

  test('killed between sending and the answer: applied once', async () => {
    const store = await rig.synced()
    rig.portal.fault = (path) => (path === 'commands' ? 'lose-answer' : undefined)
    await run(store, note('x'))
    await until('taken', () => rig.portal.applied === 1)
    await rig.kill()
    rig.portal.fault = () => undefined
    const again = await rig.start()
    await rig.inSync(again)
    await rig.machine.advance(MINUTE)
    expect(rig.portal.applied).toBe(1)
  })

  test('taken with its answer lost, then refused as a request: Retry does not apply it again', async () => {
    const store = await rig.synced()
    let asked = 0
    rig.portal.fault = (path) => {
      if (path !== 'commands') return undefined
      asked += 1
      return asked === 1 ? 'lose-answer' : problem(403, 'forbidden', 'not today')
    }
    await run(store, reply('only once'))
    await rig.machine.advance(MINUTE)
    await until('parked', () => store.status.get().parked === 1)
    rig.portal.fault = () => undefined
    const entry = [...rig.main.copy.keys()].find((key) => key.startsWith('outbox/'))
    await store.retry(entry?.slice('outbox/'.length) ?? '')
    await rig.inSync(store)
    expect(rig.portal.applied).toBe(1)
  })

  test('a conflict about nothing real is tried once more; where somebody decided otherwise I do, and Retry sends mine', async () => {
    const store = await rig.synced()
    const meddle = (to: 'P2' | 'P3' | 'P4') =>
      rig.portal.take(
        {
          ...priority(to, 'because'),
          id: crypto.randomUUID(),
          at: 0,
          target: 't1',
          baseVersion: rig.portal.version,
        },
        ben,
      )
    let meddled = 0
    rig.portal.fault = (path) => {
      if (path !== 'commands' || meddled === 2) return undefined
      meddled += 1
      meddle(meddled === 1 ? 'P3' : 'P4')
      if (meddled === 1) meddle('P2')
      return undefined
    }
    await run(store, priority('P1'))
    await until('parked', () => store.status.get().parked === 1)
    expect(meddled).toBe(2)
    await pullAgain(store)
    expect(store.rows.get('t1')).toMatchObject({ priority: 'P4', parked: 1, unsent: 0 })

    const live = store.ticket('t1')
    live.subscribe(() => {})
    await until('the parked entry', () => live.get()?.timeline.at(-1)?.pending?.state === 'parked')
    const pending = live.get()?.timeline.at(-1)?.pending
    expect(pending?.problem).toContain('priority changed meanwhile')
    await store.retry(pending?.commandId ?? '')
    await until('applied', () => rig.portal.tickets.get('t1')?.priority === 'P1')
    await rig.inSync(store)
    expect(store.status.get().parked).toBe(0)
  })

  test('a rejected one is parked with the portal’s words, and Discard gives the text back', async () => {
    const store = await rig.synced()
    rig.portal.take(
      { ...status('closed'), id: crypto.randomUUID(), at: 0, target: 't1', baseVersion: rig.portal.version },
      ben,
    )
    await run(store, reply('too late'))
    await until('parked', () => store.status.get().parked === 1)
    const live = store.ticket('t1')
    live.subscribe(() => {})
    await until('the entry', () => live.get()?.timeline.at(-1)?.pending)
    const pending = live.get()?.timeline.at(-1)?.pending
    expect(pending?.problem).toBe('MER-t1 is closed: only notes can be added')
    expect(await store.discard(pending?.commandId ?? '')).toEqual({ kind: 'reply', body: 'too late' })
    await until('gone', () => store.status.get().parked === 0)
  })

  test('one that the portal chokes on holds up only its own ticket', async () => {
    const store = await rig.synced()
    rig.unplug()
    store.syncNow()
    await until('offline', () => offline(store))
    await run(store, note('poison'), 't1')
    await run(store, note('behind it'), 't1')
    await run(store, note('good'), 't2')
    rig.plug()
    rig.portal.fault = (path, init) =>
      path === 'commands' && String(init.body).includes('poison')
        ? problem(500, 'internal', 'bug')
        : undefined
    store.syncNow()
    await rig.machine.advance(2 * MINUTE)
    await until('the good one', () => rig.portal.applied === 1)
    expect(store.status.get()).toMatchObject({
      connection: { kind: 'polling' },
      unsent: 2,
      unsentProblem: expect.stringMatching(/answered 500: bug/),
    })
    rig.portal.fault = () => undefined
    await rig.machine.advance(2 * MINUTE)
    await rig.inSync(store)
    expect(store.status.get()).not.toHaveProperty('unsentProblem')
    expect(rig.portal.applied).toBe(3)
  })

  test('one that the portal refuses as a whole request is parked alone', async () => {
    const store = await rig.synced()
    rig.unplug()
    await run(store, note('enormous'), 't1')
    await run(store, note('fine'), 't2')
    rig.plug()
    rig.portal.fault = (path, init) =>
      path === 'commands' && String(init.body).includes('enormous')
        ? problem(413, 'too-large', 'too large')
        : undefined
    store.syncNow()
    await rig.machine.advance(MINUTE)
    await until('parked', () => store.status.get().parked === 1)
    await until('the other one', () => rig.portal.applied === 1)
  })

  test('a hundred commands after a day without the portal', async () => {
    for (let n = 3; n <= 40; n += 1) rig.ticket(`t${n}`)
    const store = await rig.synced()
    rig.unplug()
    for (let n = 0; n < 100; n += 1) await run(store, note(`note ${n}`), `t${(n % 40) + 1}`)
    await rig.machine.advance(2 * 3_600_000)
    const asked = rig.portal.requests.length
    rig.plug()
    rig.machine.online()
    await rig.inSync(store)
    expect(rig.portal.applied).toBe(100)
    expect(
      rig.portal.requests.slice(asked).filter((request) => request.includes('commands')).length,
    ).toBeLessThan(15)
  })

  test('what the ticket does not let through is refused with words and stored nowhere', async () => {
    const store = await rig.synced()
    await expect(run(store, status('open'))).rejects.toThrow('MER-t1 is already open')
    await expect(run(store, reply('   '))).rejects.toThrow('write something before sending')
    expect(store.status.get().unsent).toBe(0)
  })
})

describe('two windows', () => {
  test('see each other’s commands, and their order is one order', async () => {
    rig.ticket('t1')
    const one = await rig.synced()
    const two = await rig.window()
    await until('rows', () => two.rows.isReady())
    rig.unplug()
    await Promise.all([run(one, note('a')), run(two, note('b')), run(one, note('c'))])
    await until('both see three', () => one.rows.get('t1')?.unsent === 3 && two.rows.get('t1')?.unsent === 3)
    rig.plug()
    one.syncNow()
    await until('applied', () => rig.portal.applied === 3)
    await rig.inSync(two)
    expect(two.rows.get('t1')?.unsent).toBe(0)
  })
})
