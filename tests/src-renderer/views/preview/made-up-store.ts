import { z } from 'zod'
import { isTicketCommand } from '#shared/commands/command'
import { type QueueRow, queueRow } from '#shared/queue/row'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { rebase } from '#shared/sync/rebase'
import { triedAgain } from '#shared/sync/try-again'
import { apply } from '#shared/tickets/apply'
import { decide } from '#shared/tickets/decide'
import { macroSchema } from '#shared/tickets/macro'
import type { Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import { seenBy } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'
import type { Notice } from '#shared/uptime/notice'
import macros from '../../../../resources/demo/macros.json'
import type {
  CommandDraft,
  DeskStore,
  Live,
  Orphan,
  SharedRecords,
  SyncStatus,
  TextHits,
  TicketView,
  TimelineEntry,
} from '../../../../src-renderer/store/desk-store'
import { command as commandOf, fullCase } from './made-up-case'
import { clashes } from './made-up-clashes'
import { agents, calendars, contacts, madeUpTickets, organizations, policy } from './made-up-desk'

function live<T>(first: T): Live<T> & { set(next: T): void } {
  const listeners = new Set<() => void>()
  let value = first
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
  }
}

export type MadeUp = {
  readonly tickets: number
  readonly status: Partial<SyncStatus>
  readonly isReady: boolean
  /** Entries of the first ticket's conversation. */
  readonly conversation: number
  /** Whether replies stay unsent, and the newest is refused. */
  readonly offline: boolean
  /** Whether commands about the full case clashed with those of others. */
  readonly conflicts: boolean
}

/** A desk in memory that follows the same rules; nothing is sent anywhere. */
export function madeUpStore(me: Agent, how: MadeUp): DeskStore & { touch(ids: readonly string[]): void } {
  const start = Date.now()
  const now = () => Date.now()
  const tickets = new Map<string, Ticket>()
  const timelines = new Map<string, Message[]>()
  const outbox = new Map<string, OutboxEntry[]>()
  const rows = new Map<string, QueueRow>()
  const views = new Map<string, ReturnType<typeof live<TicketView | undefined>>>()
  const drafts = new Map<string, string>()
  const listeners = new Set<(ids: readonly string[] | undefined) => void>()
  let serial = 0

  const status = live<SyncStatus>({
    connection: { kind: 'live' },
    lastSyncAt: start,
    unsent: 0,
    parked: 0,
    clockOffsetMs: 0,
    notices: [],
    ...how.status,
  })

  function rebuild(id: string): void {
    const ticket = tickets.get(id)
    const calendar = calendars.find((one) => one.id === ticket?.calendarId)
    if (!ticket || !calendar) return
    const seen = rebased(id)?.ticket ?? ticket
    const states = (outbox.get(id) ?? []).map(({ state }) => state.kind)
    rows.set(
      id,
      queueRow({
        ticket: seen,
        confirmed: ticket,
        version: 1,
        customer: organizations.find((one) => one.id === ticket.organizationId)?.name ?? '',
        assignee: agents.find((one) => one.id === seen.assigneeId)?.name,
        policy,
        calendar,
        unsent: states.filter((state) => state === 'queued').length,
        parked: states.filter((state) => state === 'parked').length,
        now: now(),
      }),
    )
    views.get(id)?.set(viewOf(id))
    for (const listener of listeners) listener([id])
  }
  function rebased(id: string) {
    const ticket = tickets.get(id)
    return ticket && rebase({ ticket, version: 1, entries: outbox.get(id) ?? [], actor: me })
  }
  function viewOf(id: string): TicketView | undefined {
    const confirmed = tickets.get(id)
    const row = rows.get(id)
    const mine = rebased(id)
    if (!confirmed || !row || !mine) return undefined
    const pending = mine.pending.map(({ message, entryId, state, problem }): TimelineEntry => {
      if (state === 'applied') return { message }
      return {
        message,
        pending: { state, commandId: entryId, ...(problem === undefined ? {} : { problem }) },
      }
    })
    return {
      ticket: mine.ticket,
      confirmed,
      row,
      organization: organizations.find((one) => one.id === confirmed.organizationId),
      requester: contacts.find((one) => one.id === confirmed.requesterId),
      timeline: [...(timelines.get(id) ?? []).map((message) => ({ message })), ...pending],
      parked: (outbox.get(id) ?? []).flatMap(({ id: entryId, command, seen, state }) =>
        state.kind === 'parked'
          ? [
              {
                id: entryId,
                command,
                code: state.code,
                problem: state.message,
                fields: state.fields ?? [],
                seen,
              },
            ]
          : [],
      ),
    }
  }
  function push(id: string, entry: OutboxEntry): void {
    outbox.set(id, [...(outbox.get(id) ?? []), entry])
  }
  function entryOf(commandId: string): OutboxEntry {
    const found = [...outbox.values()].flat().find((one) => one.id === commandId)
    if (!found) throw new Error('this command is no longer waiting')
    return found
  }
  function remove({ id, command }: OutboxEntry): void {
    outbox.set(
      command.target,
      (outbox.get(command.target) ?? []).filter((one) => one.id !== id),
    )
  }

  const made = madeUpTickets(how.tickets, start)
  const urgent = made.find(({ ticket }) => ticket.priority === 'P1' && ticket.status === 'open')
  const next = made.find(
    ({ ticket }) => ticket.organizationId === urgent?.ticket.organizationId && ticket !== urgent.ticket,
  )
  made.forEach(({ ticket, messages }, at) => {
    const first = messages[0]
    const long: Message[] = []
    if (at === 0 && first) {
      for (let position = 0; position < how.conversation; position += 1)
        long.push({ ...first, id: `long-${position}` })
    }
    const full =
      ticket === urgent?.ticket && next
        ? fullCase(ticket, messages, next.ticket, start)
        : { ticket, messages }
    tickets.set(ticket.id, full.ticket)
    timelines.set(ticket.id, [...long, ...full.messages])
    if (full.ticket !== ticket && how.conflicts) {
      const clash = clashes(full.ticket, me, start)
      tickets.set(ticket.id, clash.ticket)
      timelines.set(ticket.id, [...full.messages, ...clash.messages])
      for (const entry of clash.entries) push(ticket.id, entry)
    }
    rebuild(ticket.id)
  })

  return {
    me,
    profile: 'preview',
    rows: {
      get size() {
        return rows.size
      },
      isReady: () => how.isReady,
      get: (id) => rows.get(id),
      values: () => rows.values(),
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    status,
    agent: (id) => agents.find((one) => one.id === id),
    shared: live<SharedRecords>({
      agents,
      organizations: new Map(organizations.map((one) => [one.id, one])),
      views: [],
      macros: z.array(macroSchema).parse(macros),
      notices: madeUpNotices(start),
      rotas: [],
      handoffs: [],
    }),
    contacts: async (organizationId) => contacts.filter((one) => one.organizationId === organizationId),
    findText: () => live<TextHits>({ ticketIds: new Set(), searched: 1 }),
    policies: () => [policy],
    policy: (id) => (id === policy.id ? policy : undefined),
    calendars: () => calendars,
    calendar: (id) => calendars.find((one) => one.id === id),
    now,
    ticket(id) {
      const known = views.get(id)
      if (known) return known
      const view = live(viewOf(id))
      views.set(id, view)
      return view
    },
    unfinished: async () => ({ unsent: 2, parked: 1, drafts: 3 }),
    orphans: live<readonly Orphan[]>([
      {
        id: 'gone-reply',
        ticketId: 'gone',
        about: { number: 'MER-0998', subject: 'Deduplication drops alerts of two sources' },
        what: { kind: 'command', type: 'reply' },
        text: 'We found it: the two sources share a key since Monday. A fix is on its way.',
        at: start - 3_600_000,
        problem: 'there is no ticket gone',
      },
      {
        id: 'gone/note',
        ticketId: 'gone',
        about: undefined,
        what: { kind: 'draft', composer: 'note' },
        text: 'Ask Priya before',
        at: start - 600_000,
      },
    ]),
    discardOrphan: async () => {},
    async run(draft: CommandDraft) {
      const confirmed = tickets.get(draft.target)
      const ticket = rebased(draft.target)?.ticket
      if (!confirmed || !ticket) throw new Error('this ticket is not on this desk')
      const command = commandOf(draft, ticket.id, now())
      const decision = decide(command, ticket, me, now())
      if (decision.kind === 'reject') throw new Error(decision.message)
      serial += 1
      const entry = { id: command.id, seq: serial, command, seen: seenBy(command, ticket) }
      if (!how.offline) {
        const applied = apply({ command, ticket: confirmed, actor: me, at: now(), version: 1 })
        tickets.set(ticket.id, applied.ticket)
        timelines.set(ticket.id, [...(timelines.get(ticket.id) ?? []), ...applied.messages])
      } else if (command.type === 'note') {
        const message = `${ticket.number} was merged into MER-10312 while you were offline`
        push(ticket.id, { ...entry, state: { kind: 'parked', code: 'ticket-merged', message } })
      } else {
        push(ticket.id, { ...entry, state: { kind: 'queued', conflicts: 0 } })
      }
      rebuild(ticket.id)
    },
    async retry(commandId, edits) {
      const entry = entryOf(commandId)
      const ticket = tickets.get(entry.command.target)
      const again = triedAgain({
        ...{ entry, version: 1, ticket, actor: me, now: now(), newId: crypto.randomUUID() },
        ...(edits ? { edits } : {}),
      })
      remove(entry)
      if (ticket && isTicketCommand(again.command)) {
        const applied = apply({ command: again.command, ticket, actor: me, at: now(), version: 1 })
        tickets.set(ticket.id, applied.ticket)
        timelines.set(ticket.id, [...(timelines.get(ticket.id) ?? []), ...applied.messages])
      }
      rebuild(entry.command.target)
    },
    async discard(commandId) {
      const entry = entryOf(commandId)
      remove(entry)
      rebuild(entry.command.target)
      const { command } = entry
      return command.type === 'reply' || command.type === 'note'
        ? { kind: command.type, body: command.body }
        : undefined
    },
    keepTyped: () => {},
    readDraft: async (ticketId, kind) => drafts.get(`${ticketId}/${kind}`) ?? '',
    async saveDraft(ticketId, kind, body) {
      drafts.set(`${ticketId}/${kind}`, body)
      return body
    },
    watchDraft: () => () => {},
    files: () => live([]),
    attach: async () => undefined,
    detach: async () => undefined,
    uploads: live(new Map()),
    presence: live(new Map()),
    lookAt: () => undefined,
    syncNow: () => undefined,
    pauseFirstSync: () => undefined,
    dismissNotice(notice) {
      const present = status.get()
      status.set({ ...present, notices: present.notices.filter((one) => one !== notice) })
    },
    close: () => undefined,
    /** Somebody else changed these tickets: one change of many rows. */
    touch(ids) {
      for (const id of ids) {
        const row = rows.get(id)
        if (!row) continue
        const nextDueAt = row.nextDueAt === undefined ? undefined : row.nextDueAt + 3_600_000
        rows.set(id, { ...row, nextDueAt, version: row.version + 1, customerAt: now(), updatedAt: now() })
      }
      for (const listener of listeners) listener(ids)
    },
  }
}

/** An incident that goes on, and a maintenance of tomorrow. */
function madeUpNotices(now: number): readonly Notice[] {
  const HOUR = 3_600_000
  const common = { updates: [], announcedAt: now - 30 * HOUR }
  return [
    {
      ...common,
      id: 'incident',
      type: 'incident',
      title: 'Alerts of us-east-1 arrive late',
      body: 'A part of the alerts is correlated up to four minutes late.',
      impact: 'degraded',
      state: 'identified',
      startsAt: now - 3 * HOUR,
    },
    {
      ...common,
      id: 'maintenance',
      type: 'maintenance',
      title: 'Database maintenance in eu-central-1',
      body: 'The console switches over twice.',
      impact: 'none',
      state: 'scheduled',
      startsAt: now + 20 * HOUR,
      endsAt: now + 22 * HOUR,
    },
  ]
}
