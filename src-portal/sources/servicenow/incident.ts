import type { SlaEvent } from '#shared/sla/events'
import type { Plan, Status } from '#shared/sla/policy'
import type { Author, Message } from '#shared/tickets/message'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Remark } from './remark'
import { channelOf, type Update } from './update'

/** What the log doesn't say and the import decides. */
export type ImportTerms = {
  readonly plan: Plan
  readonly policyId: string
  readonly calendarId: string
  readonly region: string
}

export type Incident = {
  readonly ticket: Ticket
  readonly messages: readonly Message[]
  readonly remarks: readonly Remark[]
}

/** An id made of the log's own name, such as `sn-location-143`; the same in every import. */
export function idOf(kind: string, name: string | undefined): string {
  const plain = (name ?? 'unknown').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
  return `sn-${plain.startsWith(kind) ? plain : `${kind}-${plain}`}`.slice(0, 100)
}

const isDone = (status: Status) => status === 'solved' || status === 'closed'

/** Rows say the same instant twice and aren't always in order: time decides, then the count of updates. */
function inOrder(updates: readonly Update[]): readonly Update[] {
  return [...updates].sort((a, b) => a.at - b.at || a.modCount - b.modCount || a.row - b.row)
}

function remarkOn(update: Update, outcome: Remark['outcome'], field: string, reason: string): Remark {
  const { row, number, get } = update
  return { outcome, row, incident: number, field, value: get(field) ?? '?', reason }
}

/** When the incident began: what the log says first, unless everything in it happened before. */
function openedAt(updates: readonly Update[], remarks: Remark[]): Instant {
  const first = updates[0]
  const last = updates.at(-1)
  if (!first || !last) throw new Error('an incident has at least one row')
  const known = updates.flatMap((update) => update.openedAt ?? [])
  const opened = known.length > 0 ? Math.min(...known) : undefined
  if (opened !== undefined && opened <= last.at) return opened
  const created = updates.flatMap((update) => update.createdAt ?? []).filter((at) => at <= first.at)
  const instead = created.length > 0 ? 'sys_created_at was taken' : 'the first update was taken'
  const problem = opened === undefined ? 'is unknown' : 'lies after every update'
  remarks.push(remarkOn(first, 'mended', 'opened_at', `${problem}: ${instead}`))
  return created.length > 0 ? Math.min(...created) : first.at
}

/**
 * Turns the rows of one incident into a ticket with its history. Pure, and independent of the order of the rows.
 *
 * Status, priority and assignment take effect at the time of the row that shows them first. `resolved_at` is repeated
 * on every row with its final value, so it counts only where the log goes from open to Closed without a Resolved row.
 * @returns undefined when no row is left
 */
export function convertIncident(rows: readonly Update[], terms: ImportTerms): Incident | undefined {
  const remarks: Remark[] = []
  const ordered = withoutRepeats(inOrder(rows), remarks)
  if (ordered.length === 0) return undefined
  const createdAt = openedAt(ordered, remarks)
  const updates: Update[] = []
  for (const update of ordered) {
    if (update.at >= createdAt) updates.push(update)
    else remarks.push(remarkOn(update, 'left-out', 'sys_updated_at', 'lies before the incident was opened'))
  }
  const first = updates[0]
  if (!first) return undefined
  const history = tell(first, updates, createdAt, remarks)
  const latest = (column: string) => updates.findLast(({ get }) => get(column) !== undefined)?.get(column)
  const firstKnown = (column: string) => updates.find(({ get }) => get(column) !== undefined)?.get(column)
  const channel = channelOf(firstKnown('contact_type'))
  const category = latest('category')
  const subcategory = latest('subcategory')
  const assignee = updates.at(-1)?.get('assigned_to')
  const caller = firstKnown('caller_id')
  const ticket: Ticket = {
    id: `sn-${first.number.toLowerCase()}`,
    number: first.number,
    subject: subjectOf(first.number, category, subcategory, latest('u_symptom')),
    organizationId: idOf('location', firstKnown('location')),
    ...(caller ? { requesterId: idOf('caller', caller) } : {}),
    ...terms,
    priority: updates.at(-1)?.priority ?? first.priority,
    status: history.status,
    channel,
    ...(assignee ? { assigneeId: idOf('resolver', assignee) } : {}),
    tags: [category, latest('assignment_group')].flatMap((tag) =>
      tag ? [tag.toLowerCase().slice(0, 50)] : [],
    ),
    createdAt,
    updatedAt: updates.at(-1)?.at ?? createdAt,
    customerAt: createdAt,
    slaEvents: [
      {
        at: createdAt,
        type: 'created',
        priority: first.priority,
        channel,
        by: channel === 'phone' ? 'agent' : 'customer',
      },
      ...history.events,
    ],
    changedIn: {},
  }
  return { ticket, messages: [opening(ticket, first), ...history.messages], remarks }
}

function withoutRepeats(updates: readonly Update[], remarks: Remark[]): readonly Update[] {
  const seen = new Map<string, number>()
  return updates.filter((update) => {
    const said = [update.at, update.modCount, update.status, update.priority, ...FACTS.map(update.get)].join(
      '\n',
    )
    const before = seen.get(said)
    if (before === undefined) seen.set(said, update.row)
    else remarks.push(remarkOn(update, 'left-out', 'sys_mod_count', `says the same as row ${before}`))
    return before === undefined
  })
}

const FACTS = [
  'assigned_to',
  'assignment_group',
  'reopen_count',
  'problem_id',
  'rfc',
  'caused_by',
  'sys_updated_by',
]

function subjectOf(number: string, ...parts: readonly (string | undefined)[]): string {
  const [category, subcategory, symptom] = parts
  const what = [category, subcategory].filter(Boolean).join(', ')
  return ([what, symptom].filter(Boolean).join(': ') || `Incident ${number}`).slice(0, 500)
}

function authorOf(name: string | undefined): Author {
  return name ? { kind: 'agent', name: name.slice(0, 200) } : { kind: 'automation', name: 'ServiceNow' }
}

/** The first entry of the timeline: what the log knows of the report itself. Its texts are not in it. */
function opening(ticket: Ticket, { get }: Update): Message {
  const facts = [
    ['Symptom', get('u_symptom')],
    ['Impact', get('impact')],
    ['Urgency', get('urgency')],
    ['Configuration item', get('cmdb_ci')],
    ['Reported by', get('caller_id')],
    ['Location', get('location')],
    ['Group', get('assignment_group')],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []))
  return {
    id: `${ticket.id}.opened`,
    ticketId: ticket.id,
    at: ticket.createdAt,
    author: authorOf(get('opened_by')),
    type: 'note',
    body: [`Imported from ServiceNow as ${ticket.number}.`, ...facts].join('\n'),
  }
}

type History = {
  readonly status: Status
  readonly events: readonly SlaEvent[]
  readonly messages: readonly Message[]
}

/** Goes through the updates and notes every change between one row and the next. */
function tell(first: Update, updates: readonly Update[], createdAt: Instant, remarks: Remark[]): History {
  const ticketId = `sn-${first.number.toLowerCase()}`
  const events: SlaEvent[] = []
  const messages: Message[] = []
  const used = new Set<string>()
  let status: Status = 'open'
  let before: Update | undefined

  for (const update of updates) {
    const { at, get } = update
    const author = authorOf(get('sys_updated_by'))
    const entry = (what: string, when = at) => {
      // Made of what the row says and not of its place, so that it survives rows that come to the log later.
      let id = `${ticketId}.${Math.floor((at - createdAt) / 60_000)}.${update.modCount}.${what}`
      while (used.has(id)) id += '+'
      used.add(id)
      return { id, ticketId, at: when, author }
    }
    const setStatus = (to: Status, when: Instant, reason: string | undefined) => {
      events.push({ at: when, type: 'status', to })
      messages.push({
        ...entry(to, when),
        type: 'change',
        field: 'status',
        from: status,
        to,
        ...(reason ? { reason: reason.slice(0, 500) } : {}),
      })
      status = to
    }
    const { resolvedAt } = update
    const since = before?.at ?? createdAt
    if (update.status === 'closed' && !isDone(status) && resolvedAt !== undefined) {
      if (resolvedAt >= since && resolvedAt < at) setStatus('solved', resolvedAt, outcome(update))
      else if (resolvedAt !== at) {
        const reason =
          'lies before an update that found it unresolved, or after closing: the time of closing was taken'
        remarks.push(remarkOn(update, 'mended', 'resolved_at', reason))
      }
    }
    if (before && update.priority !== before.priority) {
      const { priority } = update
      events.push({ at, type: 'prioritised', priority })
      messages.push({
        ...entry('priority'),
        type: 'change',
        field: 'priority',
        from: before.priority,
        to: priority,
      })
    }
    const [from, to] = [before?.get('assigned_to'), get('assigned_to')]
    if (from !== to) {
      messages.push({
        ...entry('assignee'),
        type: 'change',
        field: 'assigneeId',
        ...(from ? { from: idOf('resolver', from) } : {}),
        ...(to ? { to: idOf('resolver', to) } : {}),
      })
    }
    const told = before ? news(before, update) : []
    if (told.length > 0) messages.push({ ...entry('note'), type: 'note', body: told.join('\n') })
    if (update.status !== status) {
      setStatus(update.status, at, isDone(update.status) ? outcome(update) : heldBy(update))
    }
    before = update
  }
  return { status, events, messages }
}

function outcome({ get }: Update): string | undefined {
  const by = get('resolved_by')?.replace(/^resolved by /i, '')
  return [get('closed_code'), by ? `resolved by ${by}` : undefined].filter(Boolean).join(', ') || undefined
}

function heldBy({ status, get }: Update): string | undefined {
  return status === 'on-hold' ? get('incident_state') : undefined
}

/** Changes for which a ticket has no field of its own. */
function news(before: Update, update: Update): string[] {
  const { get } = update
  const [from, to] = [before.get('assignment_group'), get('assignment_group')]
  const told = from === to ? [] : [`Group: ${from ?? 'none'} → ${to ?? 'none'}`]
  const reopened = Number(get('reopen_count') ?? 0)
  if (reopened > Number(before.get('reopen_count') ?? 0)) told.push(`Reopened (${reopened})`)
  for (const [column, name] of [
    ['problem_id', 'Problem'],
    ['rfc', 'Change request'],
    ['caused_by', 'Caused by'],
  ] as const) {
    const value = get(column)
    if (value && value !== before.get(column)) told.push(`${name}: ${value}`)
  }
  return told
}
