import { assertNever } from '#shared/assert-never'
import type { Priority } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import type { Random } from './random'
import type { Step } from './step'
import { workday } from './ticket-vars'

const DAY_MS = 86_400_000

/** What kind of story an open ticket tells, by the state its SLA is in. */
export type Kind =
  | 'fresh' // nobody has answered yet
  | 'fresh-breached' // and should have
  | 'working' // answered, in work
  | 'missed' // answered too late, in work
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

type PlainStep = Exclude<Step['do'], 'propose' | 'priority'>
const PLAIN: readonly PlainStep[] = [
  'claim',
  'ack',
  'ask',
  'info',
  'finding',
  'update',
  'fix',
  'try',
  'chase',
  'confirm',
  'impatient',
  'escalate',
  'hold',
  'workaround',
  'solve',
  'reopen',
  'reopen-ack',
  'close',
  'cancel',
]

function plain(word: string): Step {
  const name = PLAIN.find((candidate) => candidate === word)
  if (!name) throw new Error(`no step "${word}"`)
  return { do: name }
}

/** Turns `claim ack? info` into steps: a question mark leaves a step out every other time. */
function steps(text: string, random: Random): Step[] {
  return text
    .split(' ')
    .filter((word) => word !== '' && (!word.endsWith('?') || random.chance(0.5)))
    .map((word) => plain(word.replace('?', '')))
}

type ScriptInput = { readonly priority: Priority; readonly now: Instant; readonly random: Random }

/** The steps of an open ticket of this kind, up to now. */
export function openScript(kind: Kind, { priority, now, random }: ScriptInput): Step[] {
  // A date that has passed must stay in the past, so a weekend moves back to its Friday.
  const past = (min: number, max: number): Instant => {
    const at = now - Math.floor(random.between(min, max) * DAY_MS)
    const weekday = new Date(at).getUTCDay()
    return weekday === 6 ? at - DAY_MS : weekday === 0 ? at - 2 * DAY_MS : at
  }
  const day = (min: number, max: number): Instant => {
    const at = workday(now + Math.floor(random.between(min, max) * DAY_MS))
    // People name a time of day, not a millisecond.
    return at - (at % 1_800_000)
  }
  const read = (...choices: readonly string[]): Step[] => steps(random.pick(choices), random)
  switch (kind) {
    case 'fresh':
      return read('', '', '', 'claim', 'claim finding')
    case 'fresh-breached':
      return read('impatient', 'claim finding impatient?', 'finding impatient')
    case 'working':
    case 'missed':
    case 'late':
      return read(
        'claim ack info finding update?',
        'claim ack info finding update impatient?',
        'claim ack info escalate finding update finding?',
        'claim ack finding info update impatient',
        'claim ack',
        'claim ack info',
        'claim ack info finding update info? escalate finding update?',
      )
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
      return read('claim finding update info?', 'claim escalate finding update', 'claim finding info update?')
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
  const urgent = priority === 'P1' || priority === 'P2'
  const body = random.pick(
    urgent
      ? [
          'claim ack info finding update fix confirm solve',
          'claim ack escalate finding info update finding fix confirm solve',
          'claim ack finding update info finding? try confirm solve',
          'claim ack impatient? info escalate finding update fix confirm solve',
          'claim ack info finding workaround finding? fix confirm? solve',
        ]
      : [
          'claim ack info fix confirm solve',
          'claim ask info finding fix confirm? solve',
          'claim ack info finding update? fix confirm solve',
          'claim ask chase info finding try confirm solve',
          'claim ask info escalate finding try confirm solve',
          'claim fix confirm solve',
          'claim ask info finding try chase solve',
        ],
  )
  return steps(body + again, random)
}
