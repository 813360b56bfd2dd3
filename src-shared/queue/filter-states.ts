import type { TargetName } from '../sla/policy'
import type { TargetReport } from '../sla/report'
import type { Urgency } from './countdown'
import type { Choice, Viewer, Watch } from './filter-words'
import type { QueueRow } from './row'
import { faceChangeAt, targetState, urgencyOf } from './row-clocks'

const DAY = 24 * 3_600_000

const face: Watch = { key: 'face', nextAt: faceChangeAt }
const dayAfterAnswer: Watch = {
  key: 'day after answer',
  nextAt: ({ escalation }, now) => {
    const end = (escalation?.answeredAt ?? Number.NaN) + DAY + 1
    return end > now ? end : undefined
  },
}

function isNear(urgency: Urgency | undefined): boolean {
  return urgency === 'high' || urgency === 'critical'
}

function isOver(urgency: Urgency | undefined): boolean {
  return urgency === 'over'
}

/** `at-risk`: three quarters of it are used up; it is `running` all the same. */
export function targetChoices(name: TargetName): { readonly [value: string]: Choice } {
  const at = (test: (urgency: Urgency | undefined) => boolean): Choice => ({
    test: (row, _me, now) => test(urgencyOf(row, name, now)),
    watch: face,
  })
  const state = (wanted: TargetReport['state']): Choice => ({
    test: (row) => targetState(row, name) === wanted,
  })
  return {
    running: at((urgency) => urgency !== undefined && urgency !== 'over'),
    'at-risk': at(isNear),
    breached: at(isOver),
    met: state('met'),
    missed: state('missed'),
    paused: state('paused'),
    'awaiting-proposal': state('awaiting-proposal'),
    cancelled: state('cancelled'),
  }
}

function someTarget(test: (urgency: Urgency | undefined) => boolean): Choice {
  return {
    test: (row, _me, now) =>
      row.isOpen && (test(urgencyOf(row, 'firstResponse', now)) || test(urgencyOf(row, 'resolution', now))),
    watch: face,
  }
}

/**
 * Asked of me now, or come to me in the last 24 hours: an escalation to my backline that nobody has answered, one that
 * I accepted, and one of mine that was returned.
 */
function isHandedTo(me: Viewer, { isOpen, escalation }: QueueRow, now: number): boolean {
  if (!isOpen || !escalation) return false
  const { state, to, byId, answeredById, answeredAt = Number.NaN } = escalation
  if (state === 'offered') return me.role !== 'l1' && to === me.region && byId !== me.id
  return (state === 'accepted' ? answeredById : byId) === me.id && now - answeredAt <= DAY
}

export function isEscalated({ escalation }: QueueRow): boolean {
  return escalation !== undefined && escalation.state !== 'returned'
}

/** What `is:` asks for. */
export const marks: { readonly [value: string]: Choice } = {
  open: { about: 'Neither solved nor closed', test: (row) => row.isOpen },
  closed: { about: 'Solved or closed', test: (row) => !row.isOpen },
  mine: { about: 'I have it', test: (row, me) => row.assigneeId === me.id },
  unassigned: { about: 'Nobody has it', test: (row) => row.assigneeId === undefined },
  waiting: {
    about: 'Waits on the customer, or is on hold',
    test: ({ status }) => status === 'waiting-on-customer' || status === 'on-hold',
  },
  'at-risk': { about: 'Three quarters of a target are used up', ...someTarget(isNear) },
  breached: {
    about: 'Past a deadline and not answered or solved',
    ...someTarget(isOver),
  },
  unanswered: { about: "The last word is the customer's", test: (row) => row.awaitsReply },
  promised: { about: 'An update is promised', test: (row) => row.promisedAt !== undefined },
  escalated: { about: 'A backline was asked', test: isEscalated },
  handed: {
    about: 'Handed to me in the last 24 hours',
    also: ['handed-to-me'],
    test: (row, me, now) => isHandedTo(me, row, now),
    watch: dayAfterAnswer,
  },
  'awaiting-proposal': { about: 'Needs a course of action', test: (row) => row.awaitingProposal },
  moved: { about: 'The date of its course of action was moved', test: (row) => row.proposals > 1 },
  'worked-around': { about: 'Has a workaround', also: ['workaround'], test: (row) => row.hasWorkaround },
  merged: { about: 'Merged into another one', test: (row) => row.mergedInto !== undefined },
  excused: { about: 'A breach of it was excused', test: (row) => row.excused.length > 0 },
  unsent: { about: 'A change of mine is on its way', test: (row) => row.unsent > 0 },
  refused: { about: 'A change of mine was refused', test: (row) => row.parked > 0 },
}

/** What `escalation:` asks for. */
export const escalationStates: { readonly [value: string]: Choice } = {
  offered: { test: ({ escalation }) => escalation?.state === 'offered' },
  accepted: { test: ({ escalation }) => escalation?.state === 'accepted' },
  returned: { test: ({ escalation }) => escalation?.state === 'returned' },
  none: { test: ({ escalation }) => escalation === undefined },
}
