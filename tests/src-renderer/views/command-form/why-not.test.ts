import { describe, expect, test } from 'vitest'
import type { SlaReport } from '#shared/sla/report'
import type { TicketCommandType } from '#shared/tickets/command'
import type { Role } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { TicketView } from '../../../../src-renderer/store/desk-store'
import { commandGroups } from '../../../../src-renderer/ticket/command-form/command-list'
import { whyNot } from '../../../../src-renderer/ticket/command-form/why-not'
import { agent, START, ticket } from '../../../builders/tickets'

const listed = commandGroups.flatMap(({ commands }) => commands)

function offered(
  on: Partial<Ticket>,
  role: Role,
  firstResponse: SlaReport['firstResponse']['state'] = 'running',
) {
  const view = {
    ticket: ticket(on),
    row: { report: { firstResponse: { state: firstResponse }, resolution: { state: 'running' } } },
  }
  const may = ({ type }: { readonly type: TicketCommandType }) =>
    whyNot(type, view as unknown as TicketView, agent({ role }), START + 60_000) === undefined
  return listed
    .filter(may)
    .map(({ key }) => key)
    .join('')
}

const put = { to: 'amer', summary: 's', tried: 't', assessment: 'a', ask: 'r', byId: 'agent-jo', at: START }
const escalation = { ...put, state: 'offered' as const }

describe('the menu offers what the role may give and the ticket lets through', () => {
  test.each<[string, Partial<Ticket>, Role, string]>([
    ['an open P2, for L1', {}, 'l1', 'eauwditmX'],
    ['a P1 takes calls', { priority: 'P1' }, 'l1', 'eaulwditmX'],
    ['an escalation is answered by the backline', { escalation }, 'backline', 'eERauwditmX'],
    ['and not by L1, who can ask another region', { escalation }, 'l1', 'eauwditmX'],
    ['a solved one is neither escalated, assigned nor promised', { status: 'solved' }, 'l1', 'wditmX'],
    ['a closed one takes tags', { status: 'closed' }, 'l1', 't'],
    ['a merged one nothing', { status: 'closed', mergedInto: 'ticket-2' }, 'supervisor', ''],
  ])('%s', (_name, on, role, keys) => expect(offered(on, role)).toBe(keys))

  test('a breach is excused by a supervisor, where there is one', () => {
    expect(offered({}, 'supervisor', 'breached')).toContain('B')
    expect(offered({}, 'supervisor', 'running')).not.toContain('B')
    expect(offered({}, 'l1', 'breached')).not.toContain('B')
  })
})

test('no key is given twice', () => {
  expect(new Set(listed.map(({ key }) => key)).size).toBe(listed.length)
})
