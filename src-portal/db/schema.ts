import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

/**
 * Ids are compared byte by byte: paging by id must give the same order on every machine, whatever its locale.
 */
const identifier = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })
const count = (name: string) => bigint(name, { mode: 'number' })
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** One row. `seq` is the version of the last change; `generation` tells databases apart (cursor.ts). */
export const workspace = pgTable('workspace', {
  singleton: boolean('singleton').primaryKey().default(true),
  id: text('id').notNull(),
  name: text('name').notNull(),
  generation: text('generation').notNull(),
  seq: count('seq').notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
  /** Seals the cursors that this database gave out (cursor.ts). */
  cursorKey: text('cursor_key')
    .notNull()
    .default(sql`replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`),
  /** Where this database lay when it was opened last (generation.ts). */
  origin: text('origin'),
})

/** Everything that syncs. `value` is in wire form; null is a tombstone. */
export const records = pgTable(
  'records',
  {
    kind: text('kind').notNull(),
    id: identifier('id').notNull(),
    version: count('version').notNull(),
    value: jsonb('value'),
    /** Messages: their ticket. */
    ticketId: identifier('ticket_id'),
    /** Tickets: whether work remains, and the version at which that last changed (bootstrap.ts). */
    open: boolean('open'),
    openChangedIn: count('open_changed_in'),
    /** Tickets: when they began, epoch ms. Never changes, so that paging by it misses none. */
    sortAt: count('sort_at'),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    uniqueIndex('records_version').on(table.version),
    index('records_tickets').on(table.sortAt, table.id).where(sql`kind = 'ticket'`),
    index('records_messages').on(table.ticketId, table.id).where(sql`kind = 'message'`),
  ],
)

/** Every command that was taken, with its answer: what makes sending one again safe. */
export const commands = pgTable(
  'commands',
  {
    id: text('id').primaryKey(),
    agentId: text('agent_id').notNull(),
    type: text('type').notNull(),
    target: text('target').notNull(),
    result: jsonb('result').notNull(),
    takenAt: instant('taken_at').notNull(),
  },
  (table) => [index('commands_taken_at').on(table.takenAt)],
)

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** Files that go with messages, by the id that the desk made. */
export const attachments = pgTable(
  'attachments',
  {
    id: text('id').primaryKey(),
    agentId: identifier('agent_id').notNull(),
    /** The message that has it; nobody else than who stored it reads it before. */
    messageId: identifier('message_id'),
    size: integer('size').notNull(),
    /** SHA-256 in hex: the same id with other bytes is refused. */
    hash: text('hash').notNull(),
    content: bytes('content').notNull(),
    storedAt: instant('stored_at').notNull(),
  },
  (table) => [index('attachments_unused').on(table.storedAt).where(sql`message_id is null`)],
)

/** Bearer tokens, by their SHA-256; the token itself is shown once, when it is made. */
export const tokens = pgTable(
  'tokens',
  {
    hash: text('hash').primaryKey(),
    agentId: identifier('agent_id').notNull(),
    label: text('label').notNull(),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('tokens_agent').on(table.agentId)],
)
