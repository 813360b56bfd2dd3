import { z } from 'zod'
import { assertNever } from '#shared/assert-never'
import { demoPersonSchema } from '#shared/ipc'
import { restartDelayMs } from './restart-delay'

const demoPortalSchema = z.object({
  type: z.literal('ready'),
  url: z.url().regex(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+/),
  people: z.array(demoPersonSchema.extend({ token: z.string().min(1).max(2000) })),
  workspace: z.object({ id: z.string().min(1).max(120), name: z.string().max(200) }),
})
/** The embedded portal as it runs now. Its tokens stay in main. */
export type DemoPortal = z.infer<typeof demoPortalSchema>

const messageSchema = z.discriminatedUnion('type', [
  demoPortalSchema,
  z.object({ type: z.literal('failed'), message: z.string() }),
])

/** What of a utility process is used. */
export type PortalProcess = {
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (code: number) => void): void
  post(message: unknown): void
  kill(): void
}

export type EmbeddedPortal = {
  /** Starts it unless it runs; resolves when it answers, rejects with the reason when it could not start. */
  ready(): Promise<DemoPortal>
  /** Ends it in order, by force if it takes too long. */
  stop(): Promise<void>
}

type Waiting = { resolve(portal: DemoPortal): void; reject(error: Error): void }

const START_LIMIT_MS = 90_000
const STOP_LIMIT_MS = 4000

/**
 * Keeps the demo's portal alive once somebody asked for it: when it dies it is started again, with a growing wait.
 * @param parts.start the start message: where its data is
 */
export function embeddedPortal(parts: {
  readonly fork: () => PortalProcess
  readonly start: { readonly dataDir: string; readonly template?: string }
  readonly report: (problem: string) => void
  readonly now: () => number
}): EmbeddedPortal {
  let running: { readonly process: PortalProcess; portal?: DemoPortal; failed?: boolean } | undefined
  let waiting: Waiting[] = []
  let deaths: number[] = []
  let restart: NodeJS.Timeout | undefined
  let stopping: (() => void) | undefined
  let stopped = false

  function launch(): void {
    restart = undefined
    const child = parts.fork()
    const mine: NonNullable<typeof running> = { process: child }
    running = mine
    const limit = setTimeout(() => {
      fail(`it was not ready within ${START_LIMIT_MS / 1000} s`)
      child.kill()
    }, START_LIMIT_MS)

    child.onMessage((raw) => {
      const message = messageSchema.safeParse(raw)
      if (!message.success) return parts.report(`a message of the embedded portal is not understood`)
      clearTimeout(limit)
      switch (message.data.type) {
        case 'ready':
          mine.portal = message.data
          for (const one of take()) one.resolve(message.data)
          return
        case 'failed':
          mine.failed = true
          fail(message.data.message)
          child.kill()
          return
        default:
          assertNever(message.data)
      }
    })
    child.onExit((code) => {
      clearTimeout(limit)
      if (running === mine) running = undefined
      stopping?.()
      if (stopped) return
      if (mine.failed) {
        // Somebody asked again while the one that failed was ending, still holding the lock of its data.
        if (waiting.length > 0) launch()
        return
      }
      const worked = mine.portal !== undefined
      parts.report(`the embedded portal ended with code ${code}${worked ? '; it is started again' : ''}`)
      fail(`it ended with code ${code}`)
      if (worked) restartLater()
    })
    child.post({ type: 'start', ...parts.start })
  }

  function restartLater(): void {
    deaths = [...deaths.slice(-20), parts.now()]
    restart = setTimeout(launch, restartDelayMs(deaths, parts.now()))
  }

  function take(): readonly Waiting[] {
    const taken = waiting
    waiting = []
    return taken
  }

  function fail(reason: string): void {
    for (const one of take()) one.reject(new Error(reason))
  }

  return {
    ready() {
      if (stopped) return Promise.reject(new Error('the console is quitting'))
      if (running?.portal !== undefined) return Promise.resolve(running.portal)
      return new Promise<DemoPortal>((resolve, reject) => {
        waiting.push({ resolve, reject })
        if (running === undefined && restart === undefined) launch()
      })
    },
    stop() {
      stopped = true
      clearTimeout(restart)
      fail('the console is quitting')
      const process = running?.process
      if (process === undefined) return Promise.resolve()
      return new Promise<void>((resolve) => {
        const limit = setTimeout(() => {
          process.kill()
          resolve()
        }, STOP_LIMIT_MS)
        stopping = () => {
          clearTimeout(limit)
          resolve()
        }
        process.post({ type: 'stop' })
      })
    },
  }
}
