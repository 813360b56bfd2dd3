import type { Migration } from '../migrate'

export const records: Migration = {
  tag: '0000-records',
  at: '2026-03-01T00:00:00Z',
  statements: [
    `create table workspace (
      singleton boolean primary key default true check (singleton),
      id text not null,
      name text not null,
      generation text not null,
      seq bigint not null default 0,
      created_at timestamptz not null default now()
    )`,
    `create table records (
      kind text not null,
      id text collate "C" not null,
      version bigint not null,
      value jsonb,
      ticket_id text collate "C",
      open boolean,
      open_changed_in bigint,
      sort_at bigint,
      primary key (kind, id)
    )`,
    `create unique index records_version on records (version)`,
    `create index records_tickets on records (sort_at, id) where kind = 'ticket'`,
    `create index records_messages on records (ticket_id, id) where kind = 'message'`,
    `create table commands (
      id text primary key,
      agent_id text not null,
      type text not null,
      target text not null,
      result jsonb not null,
      taken_at timestamptz not null
    )`,
    `create table tokens (
      hash text primary key,
      agent_id text collate "C" not null,
      label text not null,
      created_at timestamptz not null,
      revoked_at timestamptz
    )`,
    `create index tokens_agent on tokens (agent_id)`,
  ],
}
