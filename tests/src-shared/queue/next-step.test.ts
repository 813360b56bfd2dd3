import { describe, expect, it } from 'vitest'
import { nextSteps } from '#shared/queue/next-step'
import type { QueueRow } from '#shared/queue/row'
import { HOUR, NOON, row, running, sla } from './rows'

const MINUTE = 60_000
const escalation = { byId: 'agent-ana', at: NOON - 20 * MINUTE, to: 'APAC' } as const
const mine = { assigneeId: 'agent-ines' } as const

describe('what a ticket asks for next', () => {
  it.each<[string, Partial<QueueRow>, string[]]>([
    ['nothing', mine, []],
    ['nobody has it', {}, ['Nobody has it: claim it']],
    [
      'a first answer',
      running('1', NOON - HOUR, NOON + 30 * MINUTE, mine),
      ['Answer for the first time: due in 30 min'],
    ],
    [
      'an answer',
      { ...mine, awaitsReply: true, customerAt: NOON - 2 * HOUR },
      ['Answer: the customer wrote 2 h ago'],
    ],
    ['a promise', { ...mine, promisedAt: NOON + 5 * MINUTE }, ['Give the promised update: due in 5 min']],
    ['a plan', { ...mine, awaitingProposal: true }, ['Propose a course of action with a date']],
    [
      'the plan, by its date',
      {
        ...mine,
        courseOfActionAt: NOON + 3 * HOUR,
        report: sla(
          { state: 'met', satisfiedAt: NOON - HOUR, by: 'reply' },
          { state: 'running', due: NOON + 3 * HOUR },
        ),
      },
      ['Course of action: due in 3 h'],
    ],
    [
      'a backline’s answer',
      { ...mine, escalation: { ...escalation, state: 'offered' } },
      ['The backline of APAC has not answered for 20 min'],
    ],
    [
      'a look at what they want',
      { ...mine, escalation: { ...escalation, state: 'returned' } },
      ['APAC returned it: see what they ask'],
    ],
    ['the customer', { ...mine, status: 'waiting-on-customer' }, ['Waits on the customer']],
    [
      'a decision first',
      { ...mine, parked: 1 },
      ['A change of yours was refused: decide what becomes of it'],
    ],
    ['the other ticket', { mergedInto: 'other' }, ['Merged: the other ticket goes on']],
    ['nothing once it is solved', { isOpen: false, status: 'solved', awaitsReply: true }, []],
  ])('%s', (_, changes, expected) => {
    expect(nextSteps(row({ id: '1', ...changes }), NOON)).toEqual(expected)
  })
})
