import type { Channel } from '#shared/sla/events'
import type { Priority } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import type { IssueStory } from './product-issues'
import type { Random } from './random'
import type { Customer, Scenario } from './scenery'
import type { TimedStep } from './step'

/** Everything about a ticket but its number and its words. */
export type Plot = {
  readonly customer: Customer
  readonly contactId: string
  readonly contactName: string
  readonly scenario: Scenario
  readonly channel: Channel
  /** At the beginning; a step may change it. */
  readonly priority: Priority
  readonly createdAt: Instant
  /** Who works on it first; unassigned until a step claims it. */
  readonly owner: Agent
  /** Takes over when a step escalates. */
  readonly backline: Agent
  readonly steps: readonly TimedStep[]
  /** Nothing of the story happens after this. */
  readonly endsAt: Instant
  readonly random: Random
  /** The issue of R&D behind this problem, if there is one. */
  readonly issue?: IssueStory
  /** When the last promised update is due; those before are kept. */
  readonly promisedAt?: Instant
  /** The ticket in which a colleague has told the same before: hosts, codes and counts are its. */
  readonly twin?: Plot
}
