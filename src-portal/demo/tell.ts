import { assertNever } from '#shared/assert-never'
import type { Priority } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { supervisorOf } from './cast'
import { decksOf } from './decks'
import type { Beat } from './play'
import type { Plot } from './plot'
import { phrases } from './scenery'
import { isPublicAnswer, type ProposeStep, statusAfter } from './step'
import { tellEscalation } from './tell-escalation'
import { tellLink, tellUnlink } from './tell-issue'
import { Telling, type TellingInput } from './telling'
import { dayText, namedTime, untilText } from './told-times'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const RANK: Readonly<Record<Priority, number>> = { P1: 1, P2: 2, P3: 3, P4: 4 }

type TellInput = TellingInput & {
  /** Which variant of the problem is told. */
  readonly variant: number
  /** The ticket that this one is merged into. */
  readonly into?: Ticket | undefined
}

/** Finds the words and commands for the steps of a plot, in order of time. */
export function tell({ variant, into, ...input }: TellInput): Beat[] {
  const { plot } = input
  const { random } = plot
  const telling = new Telling(input)
  const decks = decksOf(plot, variant)
  // What waits for a date or a colleague is one story: its note and its public word must agree. The first is R&D's.
  const holdIndex = plot.issue ? 0 : random.int(1, phrases.hold.length - 1)
  let answered = false

  for (const [index, step] of plot.steps.entries()) {
    const { at } = step
    const room = (plot.steps[index + 1]?.at ?? plot.endsAt) - at
    const soon = (ms: number): Instant => at + Math.min(ms, Math.floor(room / 2))
    const promisedAt = 'promises' in step && step.promises ? promisedBy(plot, index) : undefined
    const reply = (text: string) => {
      telling.reply(at, promisedAt === undefined ? text : `${text}\n\n${promiseText(plot, promisedAt, at)}`)
      answered = true
    }
    switch (step.do) {
      case 'claim':
        telling.act(at, { type: 'claim' })
        if (random.chance(0.15)) telling.note(soon(40 * SECOND_MS), random.pick(phrases.claimNote))
        break
      case 'release':
        telling.note(at, random.pick(phrases.release))
        telling.act(soon(10 * SECOND_MS), { type: 'assign' })
        break
      case 'ack':
        reply(decks.ack())
        break
      case 'ask':
        reply(decks.ack())
        if (random.chance(0.25)) telling.tag(soon(25 * SECOND_MS), { add: ['needs-info'] })
        break
      case 'info':
        telling.customer(at, decks.info())
        telling.tag(soon(3 * MINUTE_MS), { remove: ['needs-info'] })
        break
      case 'finding': {
        const next = decks.findings.next()
        const end = random.chance(0.75) ? random.pick(phrases.noteTails) : ''
        telling.note(at, next.done ? random.pick(phrases.watching) : next.value + end)
        break
      }
      case 'update':
        reply(answered ? decks.update() : decks.ack())
        if (telling.priority === 'P1') telling.tag(soon(90 * SECOND_MS), { add: ['major-incident'] })
        break
      case 'call':
        logCall('to-customer', decks.callOut())
        break
      case 'called':
        logCall('from-customer', decks.callIn())
        break
      case 'fix':
      case 'try':
        reply(decks.fix())
        break
      case 'chase':
        reply(decks.chase())
        break
      case 'confirm':
        telling.customer(at, decks.confirm())
        break
      case 'impatient':
        telling.customer(at, decks.impatient())
        break
      case 'escalate':
      case 'escalate-returned':
      case 'escalate-unanswered':
        tellEscalation(telling, { do: step.do, at }, soon)
        break
      case 'hand-back':
        if (telling.owner.id === plot.owner.id) break
        telling.note(at, random.pick(phrases.handBack))
        telling.act(soon(20 * SECOND_MS), { type: 'assign', to: plot.owner.id })
        telling.owner = plot.owner
        break
      case 'link':
        tellLink(telling, at, soon)
        break
      case 'unlink':
        tellUnlink(telling, at, soon)
        break
      case 'hold':
        reply(phrases.holdUpdate[holdIndex] ?? '')
        telling.note(soon(30 * SECOND_MS), phrases.hold[holdIndex] ?? '')
        break
      case 'workaround': {
        reply(random.pick(phrases.workaround))
        const text = telling.words(`{plan}.`, at)
        telling.act(soon(8 * SECOND_MS), { type: 'record-workaround', text })
        if (random.chance(0.4)) telling.tag(soon(25 * SECOND_MS), { add: ['workaround'] })
        break
      }
      case 'propose': {
        reply(proposal(step))
        const text = telling.words(`{plan}.`, at)
        const { dueAt } = step
        telling.act(soon(8 * SECOND_MS), { type: 'propose-course-of-action', text, dueAt })
        break
      }
      case 'solve':
        if (random.chance(0.7)) reply(random.pick(phrases.solve))
        break
      case 'reopen':
        telling.customer(at, random.pick(phrases.reopen))
        telling.tag(soon(6 * MINUTE_MS), { add: ['reopened'] })
        break
      case 'reopen-ack':
        reply(random.pick(phrases.reopenAck))
        break
      case 'priority': {
        const reasons = RANK[step.to] < RANK[telling.priority] ? phrases.raise : phrases.lower
        const reason = telling.words(random.pick(reasons), at)
        telling.act(at, { type: 'set-priority', priority: step.to, reason })
        telling.priority = step.to
        break
      }
      case 'excuse': {
        const supervisor = supervisorOf(plot.customer.region)
        const reason = telling.words(random.pick(phrases.excuse), at, supervisor)
        telling.act(at, { type: 'excuse-breach', of: 'firstResponse', reason }, supervisor)
        break
      }
      case 'cancel': {
        const why = random.int(0, phrases.cancel.length - 1)
        telling.note(at, phrases.cancelNote[why] ?? '')
        telling.act(soon(15 * SECOND_MS), { type: 'cancel', reason: phrases.cancel[why] ?? '' })
        break
      }
      case 'merge':
        if (!into) throw new Error('a ticket is merged into none')
        if (random.chance(0.7)) reply(random.pick(phrases.mergeReply))
        telling.note(soon(10 * SECOND_MS), random.pick(phrases.mergeNote))
        telling.act(soon(20 * SECOND_MS), { type: 'merge', into: into.id })
        break
      case 'close':
        break
      default:
        assertNever(step, 'step')
    }
    const to = statusAfter(step)
    // A chase finds the ticket waiting already.
    if (to && step.do !== 'chase') {
      const by = step.do === 'close' ? 'automation' : telling.owner
      const wanted = { type: 'set-status', status: to } as const
      telling.act(soon((step.do === 'hold' ? 45 : 15) * SECOND_MS), wanted, by)
    }
    if (promisedAt !== undefined) telling.act(soon(20 * SECOND_MS), { type: 'promise-update', promisedAt })

    function logCall(direction: 'to-customer' | 'from-customer', text: string) {
      telling.act(at, { type: 'log-call', direction, body: telling.words(text, at) })
    }
    function proposal({ again, dueAt }: ProposeStep): string {
      const texts = again ? phrases.proposedAgain : phrases.proposed
      return random.pick(texts).replaceAll('{dueDay}', dayText(dueAt))
    }
  }
  return telling.beats.sort((a, b) => a.at - b.at)
}

/** When the update promised at a step is due: a little after the next public word, which keeps it, or as the plot says. */
function promisedBy(plot: Plot, index: number): Instant | undefined {
  const next = plot.steps.slice(index + 1).find(isPublicAnswer)
  if (!next) return plot.promisedAt
  // A ticket may be solved without a word.
  if (next.do === 'solve') return undefined
  return namedTime(next.at + plot.random.int(2, 25) * MINUTE_MS, plot.steps[index]?.at ?? next.at)
}

function promiseText({ random }: Plot, promisedAt: Instant, at: Instant): string {
  return random.pick(phrases.promise).replace('{promised}', untilText(promisedAt, at))
}
