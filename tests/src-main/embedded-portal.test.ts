import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { embeddedPortal } from '../../src-main/embedded-portal'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const person = {
  agentId: 'maya',
  name: 'Maya',
  role: 'l1',
  region: 'EMEA',
  about: 'Works the queue',
  token: 't',
}
const readyAt = (port: number) => ({
  type: 'ready',
  url: `http://127.0.0.1:${port}`,
  people: [person],
  workspace: { id: 'demo', name: 'Demo' },
})

/** A process the test speaks for. */
class Child {
  readonly posted: unknown[] = []
  killed = false
  say: (message: unknown) => void = () => {}
  exit: (code: number) => void = () => {}
}

function start() {
  const children: Child[] = []
  const reports: string[] = []
  const portal = embeddedPortal({
    fork: () => {
      const child = new Child()
      children.push(child)
      return {
        onMessage: (listener) => {
          child.say = listener
        },
        onExit: (listener) => {
          child.exit = listener
        },
        post: (message) => child.posted.push(message),
        kill: () => {
          child.killed = true
        },
      }
    },
    start: { dataDir: '/data', template: '/template' },
    report: (problem) => reports.push(problem),
    now: Date.now,
  })
  const child = (index: number): Child => {
    const one = children[index]
    if (!one) throw new Error(`process ${index} was never started`)
    return one
  }
  return { portal, children, child, reports }
}

describe('the embedded portal', () => {
  it('is started when it is first asked for, once for all who ask', async () => {
    const { portal, children, child } = start()
    expect(children).toHaveLength(0)
    const asked = [portal.ready(), portal.ready()]
    expect(child(0).posted).toEqual([{ type: 'start', dataDir: '/data', template: '/template' }])
    child(0).say(readyAt(4000))
    for (const one of [...asked, portal.ready()]) expect((await one).url).toBe('http://127.0.0.1:4000')
    expect(children).toHaveLength(1)
  })

  it('passes on why it could not start, and is tried again for the next who asks', async () => {
    const { portal, child } = start()
    const asked = portal.ready()
    child(0).say({ type: 'failed', message: 'the folder is in use' })
    await expect(asked).rejects.toThrow('the folder is in use')
    expect(child(0).killed).toBe(true)
    const again = portal.ready()
    child(0).exit(1)
    child(1).say(readyAt(4001))
    expect((await again).url).toContain('4001')
  })

  it('that ends while it starts is a failure, not a wait without end', async () => {
    const { portal, child } = start()
    const asked = portal.ready()
    child(0).exit(7)
    await expect(asked).rejects.toThrow('code 7')
  })

  it('that never gets ready is given up', async () => {
    const { portal, child } = start()
    const asked = portal.ready()
    const failed = expect(asked).rejects.toThrow('not ready within')
    vi.advanceTimersByTime(90_000)
    await failed
    expect(child(0).killed).toBe(true)
  })

  it('that dies is started again; who asks meanwhile gets the new one', async () => {
    const { portal, children, child } = start()
    const first = portal.ready()
    child(0).say(readyAt(4000))
    await first
    child(0).exit(9)
    const asked = portal.ready()
    vi.advanceTimersByTime(1000)
    expect(children).toHaveLength(2)
    child(1).say(readyAt(4002))
    expect((await asked).url).toContain('4002')
  })

  it('that keeps dying is started more and more slowly', async () => {
    const { portal, children, child } = start()
    void portal.ready()
    for (let index = 0; index < 12; index += 1) {
      child(index).say(readyAt(4000 + index))
      child(index).exit(1)
      vi.advanceTimersByTime(60_000)
      if (children.length !== index + 2) break
    }
    const before = children.length
    vi.advanceTimersByTime(10_000)
    expect(children.length - before).toBeLessThanOrEqual(1)
    expect(before).toBeGreaterThan(5)
  })

  it('is ended in order', async () => {
    const { portal, child } = start()
    const first = portal.ready()
    child(0).say(readyAt(4000))
    await first
    const stopped = portal.stop()
    expect(child(0).posted.at(-1)).toEqual({ type: 'stop' })
    child(0).exit(0)
    await stopped
    expect(child(0).killed).toBe(false)
    await expect(portal.ready()).rejects.toThrow('quitting')
  })

  it('is ended by force when it does not end by itself', async () => {
    const { portal, child } = start()
    void portal.ready().catch(() => {})
    const stopped = portal.stop()
    vi.advanceTimersByTime(4000)
    await stopped
    expect(child(0).killed).toBe(true)
  })

  it('is believed only in messages of the agreed form, from this machine', async () => {
    const { portal, child, reports } = start()
    const asked = portal.ready()
    child(0).say({
      type: 'ready',
      url: 'https://evil.example',
      people: [],
      workspace: { id: 'x', name: 'x' },
    })
    child(0).say('nonsense')
    expect(reports).toHaveLength(2)
    child(0).say(readyAt(4000))
    expect((await asked).people).toEqual([person])
  })
})
