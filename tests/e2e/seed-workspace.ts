import { createToken } from '../../src-portal/access/tokens'
import { ensureTemplate } from '../../src-portal/cli/arguments'
import { openDatabase } from '../../src-portal/db/open'
import { nameWorkspace } from '../../src-portal/db/workspace'
import { writeRecords } from '../../src-portal/db/write-records'
import { createLog } from '../../src-portal/log'
import { people, referenceRecords, ticketRecords } from '../builders/workspace'
import type { Seeded, Seeding } from './seeding'

const MINUTE = 60_000
const SLEEPERS_EVERY_MS = 2500

/** Fills a portal's data folder for a test. */
export async function seedWorkspace(seeding: Seeding): Promise<Seeded> {
  const now = Date.now()
  const template = await ensureTemplate(() => {})
  const portal = await openDatabase({ kind: 'folder', folder: seeding.data, template }, createLog('warn'))
  try {
    await nameWorkspace(portal.db, { id: 'ws-e2e', name: 'Harbour Support' })
    const open = Array.from({ length: seeding.tickets }, (_, index) =>
      ticketRecords(
        {
          id: `ticket-${index + 1}`,
          number: `MER-${1001 + index}`,
          subject: `Correlation pattern ${index + 1} groups unrelated alerts`,
          priority: index % 3 === 0 ? 'P2' : 'P3',
          createdAt: now - (20 + index) * MINUTE,
        },
        'Since the last release two of our patterns swallow alerts of other teams.',
      ),
    )
    const sleepers = Array.from({ length: seeding.sleepers }, (_, index) => ({
      id: `ticket-sleeper-${index + 1}`,
      number: `MER-${9001 + index}`,
      crossesAt: now + index * SLEEPERS_EVERY_MS,
    }))
    const asleep = sleepers.map(({ id, number, crossesAt }) =>
      ticketRecords(
        {
          id,
          number,
          subject: 'No incidents are created at all',
          organizationId: 'org-northwind',
          plan: 'premium-plus',
          priority: 'P3',
          createdAt: crossesAt - 30 * MINUTE,
        },
        'Our operations floor is blind since 09:12. Nothing arrives.',
      ),
    )
    await writeRecords(portal.db, [...referenceRecords(), ...open.flat(), ...asleep.flat()])
    const tokenOf = async (agentId: string) =>
      createToken(portal.db, { agentId, label: 'e2e', at: new Date(now) })
    const tokens = {
      l1: await tokenOf(people.l1.id),
      backline: await tokenOf(people.backline.id),
      supervisor: await tokenOf(people.supervisor.id),
    }
    return { tokens, sleepers }
  } finally {
    await portal.close()
  }
}
