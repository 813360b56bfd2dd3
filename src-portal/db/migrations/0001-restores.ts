import type { Migration } from '../migrate'

/** What tells that a database was set back (generation.ts), and the ends of commands' answers (prune-commands.ts). */
export const restores: Migration = {
  tag: '0001-restores',
  at: '2026-11-23T00:00:00Z',
  statements: [
    `alter table workspace
      add column cursor_key text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
      add column origin text`,
    `create index commands_taken_at on commands (taken_at)`,
  ],
}
