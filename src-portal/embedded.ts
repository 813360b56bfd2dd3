import { z } from 'zod'
import { readTemplate } from './db/template'
import { readWorkspace } from './db/workspace'
import { DEFAULT_SEED, openDemo } from './demo-workspace/open-demo'
import { createLog, type Logger, loggable, logLevel } from './log'
import { type RunningPortal, startPortal } from './portal'

/*
 * The portal inside the console: an Electron utility process that serves the demo workspace on a free loopback port.
 * It hears `start` and `stop` from the main process and answers `ready` or `failed`.
 */

/** What Electron puts on `process` in a utility process. */
type ParentPort = {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

const messageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    dataDir: z.string().min(1),
    /** Archive of an initialised database; without it the very first start takes many seconds. */
    template: z.string().min(1).optional(),
    seed: z.string().min(1).max(100).default(DEFAULT_SEED),
  }),
  z.strictObject({ type: z.literal('stop') }),
])
type StartMessage = Extract<z.output<typeof messageSchema>, { type: 'start' }>

async function start(
  { dataDir, template: file, seed }: StartMessage,
  parent: ParentPort,
  log: Logger,
): Promise<RunningPortal> {
  const template = file === undefined ? undefined : await readTemplate(file)
  const { database, people } = await openDemo({ dataDir, template, seed, now: Date.now(), log })
  const { id, name } = await readWorkspace(database.db)
  const portal = await startPortal({ database, log, host: '127.0.0.1', port: 0 })
  parent.postMessage({ type: 'ready', url: portal.url, people, workspace: { id, name } })
  return portal
}

function run(parent: ParentPort, log: Logger): void {
  let starting: Promise<RunningPortal | undefined> | undefined

  const fail = (error: unknown): undefined => {
    log.error(loggable(error), 'could not start')
    parent.postMessage({ type: 'failed', message: loggable(error).error })
  }
  const stop = async () => {
    // A start that is under way is waited for: cutting it off would leave half a demo behind.
    await (await starting)?.stop()
    process.exit(0)
  }

  parent.on('message', ({ data }) => {
    const message = messageSchema.safeParse(data)
    if (!message.success) fail(new Error(`the message is not understood: ${z.prettifyError(message.error)}`))
    else if (message.data.type === 'stop') void stop()
    else starting ??= start(message.data, parent, log).catch(fail)
  })
  process.on('uncaughtException', (error) => {
    log.error(loggable(error), 'uncaught')
    process.exit(1)
  })
}

const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort }
if (!parentPort)
  throw new Error('this file runs in a utility process of Electron; run the portal with `npm run portal`')
run(parentPort, createLog(logLevel(process.env.PORTAL_LOG)))
