import { assertNever } from '#shared/assert-never'
import type { Priority } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import type { Random } from './random'
import { type PlainStep, plainDoings, type Step } from './step'
import { halfHour, workday } from './told-times'

const DAY_MS = 86_400_000

/** What kind of story an open ticket tells, by the state its SLA is in. */
export type Kind =
  | 'fresh' // nobody has answered yet
  | 'fresh-breached' // and should have
  | 'working' // answered, in work
  | 'missed' // answered too late, in work
  | 'excused' // answered too late, and a supervisor has said why that doesn't count
  | 'waiting' // on the customer
  | 'on-hold' // on R&D, a vendor or a window
  | 'raised' // to a higher priority
  | 'lowered'
  | 'reopened'
  | 'phone' // the call was the first response
  | 'workaround' // resolution met, ticket open for the final fix
  | 'late' // resolution breached
  | 'proposed' // a course of action with a date
  | 'proposal-moved'
  | 'proposal-overdue'

/** Reads `ack!`: the doing, and with an exclamation mark the promise of a next word. */
function plain(word: string): PlainStep {
  const promises = word.endsWith('!')
  const name = plainDoings.find((candidate) => candidate === word.replace('!', ''))
  if (!name) throw new Error(`no step "${word}"`)
  return promises ? { do: name, promises } : { do: name }
}

/** Turns `claim ack! info?` into steps: a question mark leaves a step out every other time. */
function steps(text: string, random: Random): Step[] {
  return text
    .split(' ')
    .filter((word) => word !== '' && (!word.endsWith('?') || random.chance(0.5)))
    .map((word) => plain(word.replace('?', '')))
}

const WORK = [
  'claim ack info finding update?',
  'claim ack info finding update impatient?',
  'claim ack info escalate finding update finding?',
  'claim ack finding info update impatient',
  'claim ack',
  'claim ack info',
  'claim ack info finding update info? escalate finding update?',
  'claim ack info escalate finding hand-back update?',
]
const P2_WORK = [
  'claim ack! info finding update',
  'claim ack info finding update! impatient? update',
  'claim ack! info escalate finding update finding?',
  'claim ack finding info update! impatient update',
  'claim ack',
  'claim ack info finding',
  'claim ack! info finding update info? escalate finding update?',
]
const P1_WORK = [
  'claim ack! call info finding update! called? finding update',
  'claim ack! info escalate finding update! call finding update',
]
const CLOSED_P1 = [
  'claim ack! call info finding update! called? finding fix confirm solve',
  'claim ack! escalate finding info update! call finding fix confirm solve',
  'claim ack! finding update info finding? try confirm solve',
  'claim ack! impatient? called info escalate finding update! fix confirm solve',
  'claim ack! info finding call workaround finding? fix confirm? solve',
]
const CLOSED_P2 = [
  'claim ack info finding update fix confirm solve',
  'claim ack! escalate finding info update finding fix confirm solve',
  'claim ack finding update! info finding? try confirm solve',
  'claim ack! impatient? info escalate finding update fix confirm solve',
  'claim ack info finding workaround finding? fix confirm? solve',
]
const CLOSED = [
  'claim ack info fix confirm solve',
  'claim ask info finding fix confirm? solve',
  'claim ack info finding update? fix confirm solve',
  'claim ask chase info finding try confirm solve',
  'claim ask info escalate finding hand-back? try confirm solve',
  'claim fix confirm solve',
  'claim ask info finding try chase solve',
]

type ScriptInput = { readonly priority: Priority; readonly now: Instant; readonly random: Random }

/** The steps of an open ticket of this kind, up to now. */
export function openScript(kind: Kind, { priority, now, random }: ScriptInput): Step[] {
  // A date that has passed must stay in the past, so a weekend moves back to its Friday.
  const past = (min: number, max: number): Instant => {
    const at = now - Math.floor(random.between(min, max) * DAY_MS)
    const weekday = new Date(at).getUTCDay()
    return halfHour(weekday === 6 ? at - DAY_MS : weekday === 0 ? at - 2 * DAY_MS : at)
  }
  const day = (min: number, max: number): Instant => {
    return halfHour(workday(now + Math.floor(random.between(min, max) * DAY_MS)))
  }
  const read = (...choices: readonly string[]): Step[] => steps(random.pick(choices), random)
  switch (kind) {
    case 'fresh':
      return read('', '', '', '', 'claim', 'claim', 'claim finding', 'claim release')
    case 'fresh-breached':
      return read('impatient', 'claim finding impatient?', 'finding impatient')
    case 'working':
    case 'missed':
    case 'late':
      return read(...(priority === 'P1' ? P1_WORK : priority === 'P2' ? P2_WORK : WORK))
    case 'excused':
      return [...read('claim ack info finding update', 'claim ack info update finding'), { do: 'excuse' }]
    case 'waiting':
      return read(
        'claim ask',
        'claim ask chase?',
        'claim ack info finding update? try',
        'claim ack info finding try chase',
        'claim ack info escalate finding update? try chase?',
      )
    case 'on-hold':
      return read(
        'claim ack info finding update? hold',
        'claim ack info escalate finding hold',
        'claim ack info finding hold finding',
      )
    case 'raised':
      return [
        ...read('claim ack info?', 'ack claim info', 'claim finding'),
        { do: 'priority', to: priority },
        ...read('update finding?', 'ack escalate finding update', 'update impatient finding'),
      ]
    case 'lowered':
      return [
        ...read('claim ack info finding', 'claim ack finding update'),
        { do: 'priority', to: priority },
        ...read('update?', 'info? finding'),
      ]
    case 'reopened':
      return read(
        'claim ack info finding fix confirm solve reopen reopen-ack?',
        'claim ask info finding try confirm solve reopen reopen-ack finding?',
      )
    case 'phone':
      return priority === 'P1'
        ? read(
            'claim finding update! info? finding call update',
            'claim escalate finding call update called?',
          )
        : read('claim finding update info?', 'claim escalate finding update', 'claim finding info update?')
    case 'workaround':
      return read('claim ack info finding workaround', 'claim ack info escalate finding workaround confirm?')
    case 'proposed':
    case 'proposal-moved':
    case 'proposal-overdue': {
      const dueAt = kind === 'proposal-overdue' ? past(0.02, 0.25) : day(0.4, kind === 'proposed' ? 16 : 10)
      const moved: Step = { do: 'propose', dueAt: past(0.2, 4), again: false }
      return [
        ...read('claim ack info finding', 'claim ack info update? escalate finding', 'claim ack finding'),
        ...(kind === 'proposal-moved' ? [moved] : []),
        { do: 'propose', dueAt, again: kind === 'proposal-moved' },
        ...(kind === 'proposal-overdue' ? read('impatient?', 'info? impatient') : read('info?', 'confirm?')),
      ]
    }
    default:
      return assertNever(kind, 'kind of story')
  }
}

/** The steps of a ticket that is over. */
export function closedScript(priority: Priority, random: Random): Step[] {
  const read = (...choices: readonly string[]): Step[] => steps(random.pick(choices), random)
  if (random.chance(0.03)) return read('claim cancel', 'cancel')
  const again = random.chance(0.04) ? ' reopen reopen-ack? finding fix confirm solve' : ''
  const bodies = priority === 'P1' ? CLOSED_P1 : urgent(priority) ? CLOSED_P2 : CLOSED
  return steps(random.pick(bodies) + again, random)
}

function urgent(priority: Priority): boolean {
  return priority === 'P1' || priority === 'P2'
}
