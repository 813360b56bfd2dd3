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

export type BenchPortal = { readonly process: PortalProcess; readonly url: string; readonly token: string }

/**
 * A portal process on a data folder with 40 customers, 15 people, `open` tickets with four messages each (none when
 * `messages` is 0) and `closed` ones.
 */
export async function startBenchPortal(
  folder: string,
  wanted: { readonly open: number; readonly closed: number; readonly messages: number },
): Promise<BenchPortal> {
  const data = join(folder, 'portal')
  const template = existsSync(TEMPLATE) ? await readTemplate(TEMPLATE) : undefined
  const portal = await openDatabase({ kind: 'folder', folder: data, template }, createLog('warn'))
  let token: string
  try {
    await nameWorkspace(portal.db, { id: 'ws-bench', name: 'Harbour Support' })
    await writeRecords(portal.db, records(wanted))
    token = await createToken(portal.db, { agentId: people.l1.id, label: 'bench', at: new Date() })
  } finally {
    await portal.close()
  }
  const process = await PortalProcess.start(['--data', data, '--port', '0'])
  return { process, url: process.ready.url, token }
}

function records({ open, closed, messages }: Parameters<typeof startBenchPortal>[1]): RecordInput[] {
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
    ...benchTickets({ ...common, count: open, isOpen: true, withinMs: 5 * DAY, lot: 'open' }),
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
