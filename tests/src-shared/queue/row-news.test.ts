import { expect, test } from 'vitest'
import type { QueueRow } from '#shared/queue/row'
import { isNews } from '#shared/queue/row-news'
import { HOUR, NOON, row, running, sla } from './rows'

const before = running('1', NOON - HOUR, NOON + HOUR)
const answered = sla({ state: 'met', satisfiedAt: NOON, by: 'reply' }, { state: 'awaiting-proposal' })
const breached = sla(
  { state: 'breached', due: NOON + HOUR, breachedAt: NOON + HOUR },
  { state: 'awaiting-proposal' },
)
const later = sla({ state: 'running', due: NOON + 2 * HOUR }, { state: 'awaiting-proposal' })

test.each<[what: string, changes: Partial<QueueRow>, isNewsToMe: boolean]>([
  ['nothing', {}, false],
  ['a new version that shows nothing new', { version: 2 }, false],
  ['another status', { version: 2, status: 'on-hold' }, true],
  ['somebody claimed it', { version: 2, assigneeId: 'ben', assignee: 'Ben' }, true],
  ['the customer wrote', { version: 2, customerAt: NOON }, true],
  ['an update was promised', { version: 2, promisedAt: NOON }, true],
  [
    'it was escalated',
    { version: 2, escalation: { state: 'offered', to: 'APAC', byId: 'ben', at: NOON } },
    true,
  ],
  ['it was answered', { version: 2, report: answered }, true],
  ['a deadline moved', { version: 2, report: later }, true],
  ['a deadline passed while something invisible changed', { version: 2, report: breached }, false],
  ['a deadline passed', { report: breached }, false],
  ['my own change, not yet confirmed', { status: 'solved', unsent: 1 }, false],
])('%s: news %#', (_, changes, isNewsToMe) => {
  expect(isNews(before, { ...before, ...changes })).toBe(isNewsToMe)
})

test('a change of mine is no news again when the portal says yes', () => {
  const mine = row({ id: '1', status: 'solved', unsent: 1 })
  expect(isNews(mine, { ...mine, unsent: 0, version: 2 })).toBe(false)
})
