import type { Priority, Status } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'

/**
 * What happens next in a story, without its words: compose.ts finds them. `ask`, `try` and `chase` leave the ticket
 * waiting on the customer; a customer's word opens it again.
 */
export type Step =
  | {
      readonly do:
        | 'claim'
        | 'ack'
        | 'ask'
        | 'info'
        | 'finding'
        | 'update'
        | 'fix'
        | 'try'
        | 'chase'
        | 'confirm'
    }
  | { readonly do: 'impatient' | 'escalate' | 'hold' | 'workaround' | 'solve' | 'reopen' | 'reopen-ack' }
  | { readonly do: 'propose'; readonly dueAt: Instant; readonly again: boolean }
  | { readonly do: 'priority'; readonly to: Priority }
  | { readonly do: 'close' | 'cancel' }

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
