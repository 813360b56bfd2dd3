import type { Migration } from '../migrate'

/**
 * What tells that a database was set back (generation.ts), the ends of commands' answers (prune-commands.ts), and files
 * that go with messages (attachments/store.ts).
 */
export const restores: Migration = {
  tag: '0001-restores',
  at: '2026-11-23T00:00:00Z',
  statements: [
    `alter table workspace
      add column cursor_key text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
      add column origin text`,
    `create index commands_taken_at on commands (taken_at)`,
    `create table attachments (
      id text primary key,
      agent_id text collate "C" not null,
      message_id text collate "C",
      size integer not null,
      hash text not null,
      content bytea not null,
      stored_at timestamptz not null
    )`,
    // What is attached is mostly compressed already: packing it again would only take time.
    `alter table attachments alter column content set storage external`,
    `create index attachments_unused on attachments (stored_at) where message_id is null`,
  ],
}
