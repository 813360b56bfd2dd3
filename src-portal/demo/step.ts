import type { Priority, Status } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'

/**
 * What happens next in a story, without its words: tell.ts finds them. `ask`, `try` and `chase` leave the ticket
 * waiting on the customer; a customer's word opens it again.
 */
export type Step = PlainStep | ProposeStep | { readonly do: 'priority'; readonly to: Priority }

export type ProposeStep = { readonly do: 'propose'; readonly dueAt: Instant; readonly again: boolean }

export const plainDoings = [
  'claim',
  'release', // back into the queue, untouched
  'ack',
  'ask',
  'info',
  'finding',
  'update',
  'call', // the customer is called
  'called', // the customer calls
  'fix',
  'try',
  'chase',
  'confirm',
  'impatient',
  'escalate', // and the backline takes it
  'escalate-returned',
  'escalate-unanswered',
  'hand-back', // by the backline, to whoever escalated
  'link', // to the product issue of the plot
  'unlink',
  'hold',
  'workaround',
  'solve',
  'reopen',
  'reopen-ack',
  'excuse', // by a supervisor: the breach of the first response
  'close',
  'cancel',
  'merge', // into the ticket of the plot's twin
] as const
export type PlainDoing = (typeof plainDoings)[number]

export type PlainStep = {
  readonly do: PlainDoing
  /** A public word that says when the next one comes. */
  readonly promises?: boolean
}

export type TimedStep = Step & { readonly at: Instant }

/** Steps that are public words of an agent: the first of them is the first response. */
export function isPublicAnswer(step: Step): boolean {
  switch (step.do) {
    case 'ack':
    case 'ask':
    case 'update':
    case 'fix':
    case 'try':
    case 'chase':
    case 'hold':
    case 'workaround':
    case 'propose':
    case 'solve':
    case 'reopen-ack':
      return true
    default:
      return false
  }
}

/** The status a step leaves the ticket in, when it changes it. */
export function statusAfter(step: Step): Status | undefined {
  switch (step.do) {
    case 'ask':
    case 'try':
    case 'chase':
      return 'waiting-on-customer'
    case 'hold':
      return 'on-hold'
    case 'solve':
      return 'solved'
    case 'close':
      return 'closed'
    default:
      return undefined
  }
}
