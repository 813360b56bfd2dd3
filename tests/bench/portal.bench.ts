import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { createToken } from '../../src-portal/access/tokens'
import { openDatabase } from '../../src-portal/db/open'
import { writeRecords } from '../../src-portal/db/write-records'
import { createLog } from '../../src-portal/log'
import { agent } from '../builders/tickets'
import { people, referenceRecords } from '../builders/workspace'
import { PortalProcess } from '../e2e/portal-process'
import { hasPostgres, startPostgres } from '../src-portal/real-postgres'
import { benchTickets } from './bench-tickets'
import { print, printMs, quantile, verdict } from './figures'
import { StreamCrowd } from './stream-crowd'

/*
 * One portal node as a process of its own on a real PostgreSQL that waits for the disk: 1,000 open streams, a poke to
 * all of them, and commands per second. Everything stays on loopback.
 */

const STREAMS = 1_000
const TICKETS = 500
const ROUNDS = 20
/** Longer than the portal waits between two pokes. */
const QUIET_MS = 400
const POKE_LIMIT_MS = 500
const COMMANDS_FLOOR = 300
/** Desks that send at the same time. */
const SENDERS = 16
const SECONDS = 6

type Desk = { readonly token: string }

async function prepare(url: string): Promise<readonly Desk[]> {
  const database = await openDatabase({ kind: 'postgres', url }, createLog('warn'))
  const staff = Array.from({ length: STREAMS }, (_, n) =>
    agent({ id: `agent-${n}`, name: `Colleague ${n}`, email: `colleague${n}@desk.example` }),
  )
  const tickets = benchTickets({
    count: TICKETS,
    isOpen: true,
    now: Date.now(),
    withinMs: 5 * 86_400_000,
    lot: 'open',
    organizations: ['org-0'],
    agents: [people.l1.id],
  })
  try {
    await writeRecords(database.db, [
      ...referenceRecords(),
      ...staff.map((value) => ({ kind: 'agent', id: value.id, value }) as const),
      ...tickets.map((value) => ({ kind: 'ticket', id: value.id, value }) as const),
    ])
    const tokens = staff.map(({ id }) =>
      createToken(database.db, { agentId: id, label: 'bench', at: new Date() }),
    )
    return (await Promise.all(tokens)).map((token) => ({ token }))
  } finally {
    await database.close()
  }
}

let sent = 0
function nextCommand() {
  sent += 1
  return {
    id: randomUUID(),
    at: new Date().toISOString(),
    type: sent % 2 === 0 ? 'note' : 'reply',
    target: `ticket-open-${sent % TICKETS}`,
    baseVersion: 0,
    body: 'Looking into it: the grouping key is not what the pattern expects.',
  }
}

const connections = new http.Agent({ keepAlive: true, maxSockets: SENDERS })

/** Sends commands as a desk does. @throws Error unless each was applied */
async function send(base: string, { token }: Desk, count: number): Promise<void> {
  const body = JSON.stringify({ commands: Array.from({ length: count }, nextCommand) })
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const request = http.request(`${base}/v1/commands`, { method: 'POST', agent: connections, headers })
    request.on('error', reject).on('response', (response) => {
      let answer = ''
      response.setEncoding('utf8').on('data', (piece) => {
        answer += piece
      })
      response.on('end', () => resolve(answer))
    })
    request.end(body)
  })
  const applied = text.match(/"outcome":"applied"/g)?.length ?? 0
  if (applied !== count)
    throw new Error(`${applied} of ${count} commands were applied: ${text.slice(0, 300)}`)
}

async function metric(base: string, name: string): Promise<number> {
  const text = await (await fetch(`${base}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.slice(name.length))
}

/** Commands a second, from several desks at once, and how long each call took. */
async function commandRate(base: string, desks: readonly Desk[], batch: number) {
  const calls: number[] = []
  const cpuBefore = await metric(base, 'process_cpu_seconds_total')
  const began = performance.now()
  const until = began + SECONDS * 1000
  const sender = async (first: number) => {
    for (let n = first; performance.now() < until; n += SENDERS) {
      const desk = desks[n % desks.length]
      if (!desk) throw new Error('there are no desks')
      const at = performance.now()
      await send(base, desk, batch)
      calls.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, (_, n) => sender(n)))
  const perSecond = (calls.length * batch * 1000) / (performance.now() - began)
  const cpuMs = ((await metric(base, 'process_cpu_seconds_total')) - cpuBefore) * 1000
  return { perSecond, calls, cpuMsEach: cpuMs / (calls.length * batch) }
}

/** From a command until everybody was poked, ms; `quietMs` before each. */
async function pokeRounds(
  base: string,
  writer: Desk,
  crowd: StreamCrowd,
  quietMs: number,
): Promise<number[]> {
  const samples: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await setTimeout(quietMs)
    const told = crowd.everybodyIsTold()
    const at = performance.now()
    await send(base, writer, 1)
    samples.push((await told) - at)
  }
  return samples
}

async function measure(base: string, desks: readonly Desk[]): Promise<void> {
  const [writer] = desks
  if (!writer) throw new Error('there are no desks')
  // What the first calls load and compile is no stream's.
  for (let n = 0; n < 50; n++) await send(base, writer, 1)
  const before = await metric(base, 'process_resident_memory_bytes')
  const crowd = new StreamCrowd(base)
  const began = performance.now()
  await crowd.open(desks.map(({ token }) => token))
  const openedMs = performance.now() - began
  const kib = ((await metric(base, 'process_resident_memory_bytes')) - before) / 1024 / STREAMS

  const pokes = await pokeRounds(base, writer, crowd, QUIET_MS)
  const pokesInARow = await pokeRounds(base, writer, crowd, 0)
  const crowded = await commandRate(base, desks, 1)
  const stillOpen = await metric(base, 'meridian_streams_open')
  crowd.close()
  const alone = await commandRate(base, desks, 1)
  const inBatches = await commandRate(base, desks, 50)

  print('open 1,000 streams', `${Math.round(openedMs)} ms (${stillOpen} still open at the end)`)
  print('memory for each idle stream', `${kib.toFixed(1)} KiB of resident memory`)
  printMs('a command until all 1,000 streams are poked', pokes)
  printMs('the same, change upon change', pokesInARow)
  printMs('a call with one command', alone.calls)
  printMs('a call with one command, 1,000 streams open', crowded.calls)
  const rates = [
    ['one in a call', alone],
    ['50 in a call', inBatches],
    ['one in a call, 1,000 streams open', crowded],
  ] as const
  for (const [what, { perSecond, cpuMsEach }] of rates) {
    const cpu = `${cpuMsEach.toFixed(2)} ms of the portal's processor each`
    print(`commands, ${what}`, `${Math.round(perSecond)} a second, ${cpu}`)
  }
  const poke = quantile([...pokes, ...pokesInARow], 0.95)
  verdict(
    'a poke to 1,000 streams',
    poke < POKE_LIMIT_MS,
    `p95 ${Math.round(poke)} ms, limit ${POKE_LIMIT_MS} ms`,
  )
  for (const [what, { perSecond }] of rates) {
    const text = `${Math.round(perSecond)} a second, floor ${COMMANDS_FLOOR}`
    verdict(`commands on PostgreSQL, ${what}`, perSecond >= COMMANDS_FLOOR, text)
  }
}

if (!hasPostgres) {
  process.stdout.write('There is no PostgreSQL for this platform in the registry: nothing was measured.\n')
} else {
  const server = await startPostgres({ durable: true })
  try {
    const url = await server.newDatabase()
    const desks = await prepare(url)
    process.env.DATABASE_URL = url
    process.env.PORTAL_LOG = 'warn'
    const portal = await PortalProcess.start(['--port', '0'])
    try {
      await measure(portal.ready.url, desks)
    } finally {
      connections.destroy()
      await portal.stop()
    }
  } finally {
    await server.stop()
  }
}
