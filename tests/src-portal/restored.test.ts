import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policySchema } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import { openDatabase } from '../../src-portal/db/open'
import type { RecordInput } from '../../src-portal/db/write-records'
import { followSession } from '../../src-renderer/engine/follow-session'
import type { DeskStore } from '../../src-renderer/store/desk-store'
import { openDesk } from '../../src-renderer/store/open-desk'
import { FakeMain, signedIn } from '../src-renderer/engine/fake-desk'
import { until, VirtualMachine } from '../src-renderer/engine/virtual-world'
import { command, lena, quiet, T0, type TestPortal, template, testPortal, ticket } from './fixture'

/*
 * A portal is put back to last night's backup while a desk, which was ahead of it, is away. The real engine and store,
 * the real portal with its database in a folder, and a copy of that folder.
 */

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json'))
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json'))
const terms = { policyId: policy.id, calendarId: calendar.id }
const records: readonly RecordInput[] = [
  { kind: 'policy', id: policy.id, value: policy },
  { kind: 'calendar', id: calendar.id, value: calendar },
  ...['t1', 't2', 't3'].map((id) => ticket(id, terms)),
]

const PROFILE = 'test.lena'
const folder = mkdtempSync(path.join(os.tmpdir(), 'portal-restored-'))
const data = path.join(folder, 'data')
const backup = path.join(folder, 'backup')
const copy = { recursive: true, preserveTimestamps: true }
const machine = new VirtualMachine()
machine.clock = T0 + 60_000
const main = new FakeMain()
let portal: TestPortal
let store: DeskStore
let stopEngine = async (): Promise<void> => {}

async function openPortal(): Promise<void> {
  const source = { kind: 'folder', folder: data, template: await template() } as const
  portal = await testPortal(records, {
    database: await openDatabase(source, quiet),
    now: () => machine.clock,
  })
}
const plug = () => {
  machine.network = (url, init) => {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${portal.token}` }
    return portal.fetch(url.replace('portal://api', ''), { ...init, headers })
  }
}
const unplug = () => {
  machine.network = () => Promise.reject(new TypeError('Failed to fetch'))
}
const note = (body: string, target = 't1') =>
  store.run({ type: 'note', body, target } as Parameters<DeskStore['run']>[0])
const unsent = () => store.status.get().unsent
const omar = async (...commands: ReturnType<typeof command>[]) => {
  const { json } = await portal.call('/v1/commands', { token: portal.tokens.omar, body: { commands } })
  for (const { outcome } of json.results) expect(outcome).toBe('applied')
}
/** Texts of all notes and the subjects and priorities of all tickets, as the portal has them. */
async function atPortal() {
  const { json } = await portal.call('/v1/bootstrap?limit=1000')
  const found: { kind: string; value: Ticket & { body?: string } }[] = json.records
  return {
    notes: found.flatMap(({ kind, value }) => (kind === 'message' && value.body ? [value.body] : [])).sort(),
    priorities: found
      .flatMap(({ kind, value }) => (kind === 'ticket' ? [`${value.id} ${value.priority}`] : []))
      .sort(),
  }
}

beforeAll(async () => {
  await openPortal()
  const { json } = await portal.call('/v1/session')
  main.state = { ...signedIn, profile: PROFILE, agent: lena, workspace: json.workspace }
  const world = machine.process()
  const desk = main.desk()
  const engine = followSession(desk, world)
  stopEngine = () => engine.stop()
  store = await openDesk(PROFILE, lena, desk, world)
})
afterAll(async () => {
  store.close()
  await stopEngine()
  await portal.close()
  rmSync(folder, { recursive: true, force: true })
})

test('what was undone goes, what the portal no longer knows of mine is sent again, once', async () => {
  plug()
  await until('in sync', () => store.status.get().connection.kind === 'live' && store.rows.size === 3)
  await note('before the backup')
  await until('sent', () => unsent() === 0)
  // Last night.
  unplug()
  await portal.close()
  cpSync(data, backup, copy)
  await openPortal()
  plug()

  // Today: the desk sees what others do, and sends a note whose effect it never hears of.
  await omar(command('set-priority', 't2', { priority: 'P1' }), command('note', 't2', { body: 'undone' }))
  await machine.advance(10_000)
  await until('his priority', () => store.rows.get('t2')?.priority === 'P1')
  const ask = machine.network
  machine.network = (url, init) =>
    url.endsWith('/commands') ? ask(url, init) : Promise.reject(new TypeError('Failed to fetch'))
  await note('taken, then undone')
  await until('taken', async () => (await atPortal()).notes.includes('taken, then undone'))
  await until('its answer is stored', () => unsent() === 0)
  unplug()
  await note('not sent yet')
  await store.saveDraft('t3', 'reply', 'half a sentence')

  // The backup is put back, and the portal has counted past where the desk was before the desk is there again.
  await portal.close()
  rmSync(data, { recursive: true })
  cpSync(backup, data, copy)
  await openPortal()
  for (let n = 0; n < 5; n += 1) await omar(command('note', 't3', { body: `after ${n}` }))
  await omar(command('note', 't1', { body: 'the same ticket' }))
  plug()
  await machine.advance(120_000)
  await until('sent', () => unsent() === 0)

  const now = await atPortal()
  expect(now).toEqual({
    notes: [
      'after 0',
      'after 1',
      'after 2',
      'after 3',
      'after 4',
      'before the backup',
      'not sent yet',
      'taken, then undone',
      'the same ticket',
    ],
    priorities: ['t1 P2', 't2 P2', 't3 P2'],
  })
  await machine.advance(10_000)
  await until('the desk shows the same', () => store.rows.get('t2')?.priority === 'P2')
  const t2 = store.ticket('t2')
  t2.subscribe(() => {})
  await until('without what was undone', () => t2.get()?.timeline.length === 0)
  expect(await store.readDraft('t3', 'reply')).toBe('half a sentence')
  await until('nothing left', () => ![...main.copy.keys()].some((key) => key.startsWith('outbox/')))
})
