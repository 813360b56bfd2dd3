import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createToken } from '../../src-portal/access/tokens'
import { openDatabase } from '../../src-portal/db/open'
import { readTemplate } from '../../src-portal/db/template'
import { nameWorkspace } from '../../src-portal/db/workspace'
import { type RecordInput, writeRecords } from '../../src-portal/db/write-records'
import { createLog } from '../../src-portal/log'
import { agent, organization } from '../builders/tickets'
import { people, referenceRecords } from '../builders/workspace'
import { PortalProcess } from '../e2e/portal-process'
import { benchMessages, benchTickets } from './bench-tickets'

const TEMPLATE = join(resolve(import.meta.dirname, '../..'), 'out/portal-template.tar.gz')
const DAY = 24 * 3_600_000

export type BenchPortal = {
  readonly process: PortalProcess
  readonly url: string
  /** Of an L1 agent. */
  readonly token: string
  /** Of a backline engineer. */
  readonly colleague: string
}

export type Wanted = {
  readonly open: number
  readonly closed: number
  readonly messages: number
  /** Nobody has any of the open tickets. */
  readonly areUnassigned?: boolean
  /** Address of an empty PostgreSQL database to put it all into; a folder if there is none. */
  readonly postgres?: string
}

/**
 * A portal process with 40 customers, 15 people, `open` tickets with four messages each (none when `messages` is 0) and
 * `closed` ones.
 */
export async function startBenchPortal(folder: string, wanted: Wanted): Promise<BenchPortal> {
  const { postgres } = wanted
  const data = join(folder, 'portal')
  const template = existsSync(TEMPLATE) ? await readTemplate(TEMPLATE) : undefined
  const source = postgres
    ? ({ kind: 'postgres', url: postgres } as const)
    : ({ kind: 'folder', folder: data, template } as const)
  const portal = await openDatabase(source, createLog('warn'))
  let token: string
  let colleague: string
  try {
    await nameWorkspace(portal.db, { id: 'ws-bench', name: 'Harbour Support' })
    await writeRecords(portal.db, records(wanted))
    const tokenOf = (agentId: string) => createToken(portal.db, { agentId, label: 'bench', at: new Date() })
    token = await tokenOf(people.l1.id)
    colleague = await tokenOf(people.backline.id)
  } finally {
    await portal.close()
  }
  if (postgres) process.env.DATABASE_URL = postgres
  const running = await PortalProcess.start([...(postgres ? [] : ['--data', data]), '--port', '0'])
  delete process.env.DATABASE_URL
  return { process: running, url: running.ready.url, token, colleague }
}

function records({ open, closed, messages, areUnassigned }: Wanted): RecordInput[] {
  const customers = Array.from({ length: 40 }, (_, index) =>
    organization({ id: `org-${index}`, name: `Customer ${index} Logistics` }),
  )
  const agents = Array.from({ length: 12 }, (_, index) =>
    agent({ id: `agent-${index}`, name: `Colleague ${index}`, email: `colleague${index}@desk.example` }),
  )
  const common = {
    now: Date.now(),
    organizations: customers.map(({ id }) => id),
    agents: [...agents, people.l1].map(({ id }) => id),
  }
  const tickets = [
    ...benchTickets({ ...common, count: open, isOpen: true, withinMs: 5 * DAY, lot: 'open' }).map((ticket) =>
      areUnassigned ? { ...ticket, assigneeId: undefined } : ticket,
    ),
    ...benchTickets({ ...common, count: closed, isOpen: false, withinMs: 60 * DAY, lot: 'closed' }),
  ]
  return [
    ...referenceRecords(),
    ...customers.map((value) => ({ kind: 'organization', id: value.id, value }) as const),
    ...agents.map((value) => ({ kind: 'agent', id: value.id, value }) as const),
    ...tickets.flatMap((value) => [
      { kind: 'ticket', id: value.id, value } as const,
      ...benchMessages(value, messages).map(
        (message) => ({ kind: 'message', id: message.id, value: message }) as const,
      ),
    ]),
  ]
}
