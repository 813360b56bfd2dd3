import { writeFile } from 'node:fs/promises'
import type { Role } from '#shared/tickets/people'
import { listAgents } from '../access/agents'
import { KEPT_DAYS, keptMs, LEAST_KEPT_DAYS } from '../commands/retention'
import type { OpenDatabase } from '../db/database'
import { openDatabase } from '../db/open'
import { DEFAULT_SEED, type DemoPersonToken, openDemo } from '../demo-workspace/open-demo'
import { defaultLimits, type Limits } from '../http/limits'
import { type Logger, loggable } from '../log'
import { startPortal } from '../portal'
import { PortalError } from '../portal-error'
import { databaseSource, dataFolder, ensureTemplate, readArguments } from './arguments'
import { usage } from './usage'

const options = {
  port: { type: 'string', default: '7420' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string' },
  demo: { type: 'boolean', default: false },
  seed: { type: 'string', default: DEFAULT_SEED },
  'calls-per-second': { type: 'string' },
  'max-streams': { type: 'string' },
  'keep-answers-days': { type: 'string' },
  'token-file': { type: 'string' },
  'json-ready': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const say = (text: string) => process.stderr.write(`${text}\n`)

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= 65_535) return port
  throw new PortalError(`--port ${text} is no port: give a number from 0 to 65535.`)
}

function countOf(option: 'calls-per-second' | 'max-streams', text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (count > 0) return count
  throw new PortalError(`--${option} ${text} is no limit: give a whole number from 1 to 999999.`)
}

function keptFor(text: string | undefined): number {
  if (text === undefined) return keptMs(KEPT_DAYS)
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (days >= LEAST_KEPT_DAYS) return keptMs(days)
  throw new PortalError(
    `--keep-answers-days ${text} is too few: give a whole number from ${LEAST_KEPT_DAYS}.`,
  )
}

/** The limits that were asked for. A burst grows with the rate, so that both stay in proportion. */
function limitsOf(values: {
  'calls-per-second'?: string | undefined
  'max-streams'?: string | undefined
}): Partial<Limits> {
  const { 'calls-per-second': calls, 'max-streams': streams } = values
  const rate = calls === undefined ? undefined : countOf('calls-per-second', calls)
  const { burst, callsPerSecond } = defaultLimits
  return {
    ...(rate === undefined ? {} : { callsPerSecond: rate, burst: (rate * burst) / callsPerSecond }),
    ...(streams === undefined ? {} : { streams: countOf('max-streams', streams) }),
  }
}

/** The first of each role: `{l1, backline, supervisor}`. */
function tokensByRole(people: readonly DemoPersonToken[]): Partial<Record<Role, string>> {
  return Object.fromEntries([...people].reverse().map(({ role, token }) => [role, token]))
}

async function open(
  { demo, data, seed }: { demo: boolean; data?: string | undefined; seed: string },
  log: Logger,
): Promise<{ database: OpenDatabase; people: readonly DemoPersonToken[] }> {
  if (!demo) return { database: await openDatabase(await databaseSource(data, say), log), people: [] }
  if (process.env.DATABASE_URL) {
    throw new PortalError(
      'The demo has an embedded database of its own: unset DATABASE_URL or leave out --demo.',
    )
  }
  const template = await ensureTemplate(say)
  return openDemo({ dataDir: dataFolder(data, 'demo-portal'), template, seed, now: Date.now(), log })
}

/** `npm run portal -- serve`: resolves once it listens; the process then lives until it is told to stop. */
export async function serve(args: readonly string[], log: Logger): Promise<void> {
  const { values } = readArguments(args, options, 'serve')
  if (values.help) {
    process.stdout.write(`${usage.serve}\n`)
    return
  }
  const port = portOf(values.port)
  const limits = limitsOf(values)
  const keptForMs = keptFor(values['keep-answers-days'])
  const operatorToken = process.env.PORTAL_METRICS_TOKEN || undefined
  if (values['token-file'] && !values.demo) throw new PortalError('--token-file goes with --demo only.')
  const { database, people } = await open(values, log)
  const portal = await startPortal({
    database,
    log,
    host: values.host,
    port,
    limits,
    operatorToken,
    keptForMs,
  })

  let stopping = false
  const stop = () => {
    // Asked twice: whoever asks does not want to wait.
    if (stopping) process.exit(1)
    stopping = true
    portal.stop().then(
      () => process.exit(0),
      (error: Error) => {
        log.error(loggable(error), 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  const ready = { url: portal.url, ...(values.demo ? { tokens: tokensByRole(people) } : {}) }
  const file = values['token-file']
  if (file) await writeFile(file, `${JSON.stringify(ready)}\n`, { mode: 0o600 })
  if (values['json-ready']) process.stdout.write(`${JSON.stringify(ready)}\n`)
  else await introduce(portal.url, people, database, file)
}

/** Tells a person at a terminal where the portal is and how to sign in. */
async function introduce(
  url: string,
  people: readonly DemoPersonToken[],
  { db }: OpenDatabase,
  file: string | undefined,
): Promise<void> {
  say(`The portal listens on ${url}`)
  if (!/^http:\/\/(127\.|\[::1\])/.test(url))
    say('This is plain HTTP beyond this machine: put TLS in front of it.')
  if (file) say(`Tokens are in ${file}`)
  else {
    for (const { name, role, token } of people)
      process.stdout.write(`${role.padEnd(11)}${name.padEnd(20)}${token}\n`)
  }
  if (people.length === 0 && (await listAgents(db)).length === 0) {
    say('The workspace is empty: stop the portal and import tickets (import servicenow FILE), or try --demo.')
  }
}
