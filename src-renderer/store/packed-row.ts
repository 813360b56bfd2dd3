import type { Urgency } from '#shared/queue/countdown'
import { PackedClocks } from '#shared/queue/packed-clocks'
import {
  type DueName,
  isLastWordTheCustomers,
  nextDue,
  proposalsIn,
  type QueueRow,
  type RowClocks,
} from '#shared/queue/row'
import type { TargetName } from '#shared/sla/policy'
import { report, type TargetReport } from '#shared/sla/report'
import type { Agent } from '#shared/tickets/people'
import { isOpen } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { buildRow } from './build-row'
import { judgedAt } from './judged-at'
import type { UnpackedTickets } from './pack-tickets'
import type { Reference } from './reference'

/** What the rows of some tickets are computed with: for all of them the same, and for as long as they are there. */
export type PackedTerms = { readonly reference: Reference; readonly me: Agent; readonly now: Instant }

/** Makes lines of the queue of packed tickets, in a quarter of the time and of the memory that `buildRow` takes. */
export class PackedRows {
  readonly tickets: UnpackedTickets
  readonly terms: PackedTerms
  readonly clocks: PackedClocks

  constructor(tickets: UnpackedTickets, terms: PackedTerms) {
    this.tickets = tickets
    this.terms = terms
    this.clocks = new PackedClocks(tickets.size)
  }

  /** Of a ticket without pending commands. `undefined`: `buildRow` has to look at it, or can say why it has no row. */
  row(index: number): { readonly row: QueueRow; readonly nextChangeAt: Instant | undefined } | undefined {
    const { tickets, terms } = this
    const { reference, now } = terms
    const policy = reference.policies.get(tickets.policyId(index))
    const calendar = reference.calendars.get(tickets.calendarId(index))
    if (!policy || !calendar || !tickets.isPlain(index)) return undefined
    const events = tickets.events(index)
    const plan = tickets.plan(index)
    let sla: ReturnType<typeof report>
    try {
      sla = report({ events, policy, calendar, plan, now: judgedAt({ slaEvents: events }, now) })
    } catch {
      return undefined
    }
    this.clocks.set(index, sla)
    const next = nextDue(sla, undefined)
    const organizationId = tickets.organizationId(index)
    const assigneeId = tickets.assigneeId(index)
    const row = new PackedRow(
      this,
      index,
      tickets.ids[index] ?? '',
      reference.organizations.get(organizationId)?.name ?? organizationId,
      assigneeId === undefined ? undefined : (reference.agents.get(assigneeId)?.name ?? assigneeId),
      next?.due,
      next?.name,
    )
    return { row, nextChangeAt: sla.nextChangeAt }
  }
}

const NONE: readonly never[] = Object.freeze([])

/** What a field of the queue's line says is looked up when it is asked for; all of them are as `queueRow` has them. */
class PackedRow implements QueueRow, RowClocks {
  readonly #of: PackedRows
  readonly #index: number
  #report: QueueRow['report'] | undefined
  readonly id: string
  readonly isOpen: boolean
  readonly customer: string
  readonly assignee: string | undefined
  readonly nextDueAt: Instant | undefined
  readonly nextTarget: DueName | undefined

  constructor(
    of: PackedRows,
    index: number,
    id: string,
    customer: string,
    assignee: string | undefined,
    nextDueAt: Instant | undefined,
    nextTarget: DueName | undefined,
  ) {
    this.#of = of
    this.#index = index
    this.id = id
    this.isOpen = isOpen(this)
    this.customer = customer
    this.assignee = assignee
    this.nextDueAt = nextDueAt
    this.nextTarget = nextTarget
  }

  get number(): QueueRow['number'] {
    return this.#of.tickets.numbers[this.#index] ?? ''
  }
  get subject(): QueueRow['subject'] {
    return this.#of.tickets.subjects[this.#index] ?? ''
  }
  get priority(): QueueRow['priority'] {
    return this.#of.tickets.priority(this.#index)
  }
  get status(): QueueRow['status'] {
    return this.#of.tickets.status(this.#index)
  }
  get plan(): QueueRow['plan'] {
    return this.#of.tickets.plan(this.#index)
  }
  get region(): QueueRow['region'] {
    return this.#of.tickets.region(this.#index)
  }
  get channel(): QueueRow['channel'] {
    return this.#of.tickets.channel(this.#index)
  }
  get organizationId(): QueueRow['organizationId'] {
    return this.#of.tickets.organizationId(this.#index)
  }
  get assigneeId(): QueueRow['assigneeId'] {
    return this.#of.tickets.assigneeId(this.#index)
  }
  get tags(): QueueRow['tags'] {
    return this.#of.tickets.tags(this.#index)
  }
  get report(): QueueRow['report'] {
    this.#report ??= this.#fullReport()
    return this.#report
  }
  get clocks(): RowClocks {
    return this
  }
  get awaitingProposal(): boolean {
    return this.state('resolution') === 'awaiting-proposal' && this.isOpen
  }
  get proposals(): number {
    return proposalsIn(this.#of.tickets.events(this.#index))
  }
  get awaitsReply(): boolean {
    return this.isOpen && isLastWordTheCustomers(this.#of.tickets.events(this.#index))
  }
  get customerAt(): Instant | undefined {
    return this.#of.tickets.customerAt(this.#index)
  }
  get createdAt(): Instant {
    return this.#of.tickets.createdAt(this.#index)
  }
  get updatedAt(): Instant {
    return this.#of.tickets.updatedAt(this.#index)
  }
  get version(): number {
    return this.#of.tickets.version(this.#index)
  }

  // What a ticket has that is in its columns and in nothing else.
  get escalation(): undefined {
    return undefined
  }
  get promisedAt(): undefined {
    return undefined
  }
  get courseOfActionAt(): undefined {
    return undefined
  }
  get hasWorkaround(): boolean {
    return false
  }
  get productIssueKeys(): QueueRow['productIssueKeys'] {
    return NONE
  }
  get mergedInto(): undefined {
    return undefined
  }
  get excused(): QueueRow['excused'] {
    return NONE
  }
  get unsent(): number {
    return 0
  }
  get parked(): number {
    return 0
  }

  state(name: TargetName): TargetReport['state'] {
    return this.#of.clocks.state(this.#index, name)
  }
  due(name: TargetName): Instant | undefined {
    return this.#of.clocks.due(this.#index, name)
  }
  urgency(name: TargetName, now: Instant): Urgency | undefined {
    return this.#of.clocks.urgency(this.#index, name, now)
  }
  nextFaceChangeAt(now: Instant): Instant | undefined {
    return this.#of.clocks.nextFaceChangeAt(this.#index, now)
  }

  /** The one that the row was made with. */
  #fullReport(): QueueRow['report'] {
    const { tickets, terms } = this.#of
    const built = buildRow({ mirrored: tickets.row(this.#index), entries: [], ...terms })
    if ('row' in built) return built.row.report
    throw new Error(`a row that had a report has none: ${built.problem}`)
  }
}
