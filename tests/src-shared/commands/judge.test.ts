import { describe, expect, test } from 'vitest'
import type { Command } from '#shared/commands/command'
import { judge } from '#shared/commands/judge'
import { VERSIONS_PER_COMMAND } from '#shared/commands/judgement'
import { mayGive } from '#shared/commands/roles'
import { type Lookup, subjectsOf } from '#shared/commands/subjects'
import type { Agent } from '#shared/tickets/people'
import { aCommand, ana, aTicket, ben, T0, type What } from '../tickets/samples'

const omar: Agent = { ...ben, id: 'omar', role: 'backline' }
const sue: Agent = { ...ben, id: 'sue', role: 'supervisor' }
const view = (ownerId?: string) => ({
  id: 'v1',
  name: 'My P1s',
  query: 'p1',
  sort: { field: 'nextDue' as const, direction: 'asc' as const },
  ...(ownerId ? { ownerId } : {}),
})
const base = { id: '00000000-0000-4000-8000-000000000001', at: T0, target: 'v1', baseVersion: 10 }
const saveView = (ownerId?: string): Command => ({ ...base, type: 'save-view', value: view(ownerId) })
const deleteView: Command = { ...base, type: 'delete-view' }

const stored = new Map<string, { version: number; value: unknown }>([
  ['ticket/t1', { version: 10, value: aTicket() }],
  ['ticket/t2', { version: 4, value: aTicket({ id: 't2', number: 'MER-2' }) }],
  ['agent/ben', { version: 1, value: ben }],
])
const lookupWith = (extra: Record<string, { version: number; value: unknown }>): Lookup => ({
  get: (kind, id) => (extra[`${kind}/${id}`] ?? stored.get(`${kind}/${id}`)) as never,
  all: () => [],
})

const run = (
  command: Command,
  actor: Agent,
  extra: Record<string, { version: number; value: unknown }> = {},
) => judge({ command, actor, lookup: lookupWith(extra), at: T0, version: 100 })
const outcome = (...input: Parameters<typeof run>) => {
  const judged = run(...input)
  return judged.kind === 'reject' ? judged.code : judged.kind
}

describe('roles', () => {
  test.each<[What['type'], boolean, boolean, boolean]>([
    ['reply', true, true, true],
    ['assign', true, true, true],
    ['accept-escalation', false, true, true],
    ['return-escalation', false, true, true],
    ['excuse-breach', false, false, true],
  ])('%s: l1 %s, backline %s, supervisor %s', (type, l1, backline, supervisor) => {
    expect([mayGive(type, 'l1'), mayGive(type, 'backline'), mayGive(type, 'supervisor')]).toEqual([
      l1,
      backline,
      supervisor,
    ])
  })

  test('what the role may not do is refused before anything is looked at', () => {
    expect(run(aCommand({ type: 'accept-escalation' }), ana)).toMatchObject({
      kind: 'reject',
      code: 'forbidden',
      message: 'accept-escalation takes the role backline or supervisor; yours is l1',
    })
    expect(outcome(aCommand({ type: 'accept-escalation' }), omar)).toBe('not-escalated')
  })
})

describe('records that are edited as a whole', () => {
  const mine = { 'view/v1': { version: 10, value: view('ana') } }
  const everybodys = { 'view/v1': { version: 10, value: view() } }
  const newer = { 'view/v1': { version: 11, value: view('ana') } }
  const gone = { 'view/v1': { version: 9, value: undefined } }
  test.each<[string, Command, Agent, Parameters<typeof run>[2], string]>([
    ['a new view of mine', saveView('ana'), ana, {}, 'apply'],
    ['a new view for everybody, by l1', saveView(), ana, {}, 'forbidden'],
    ['a new view for everybody, by a supervisor', saveView(), sue, {}, 'apply'],
    ['mine again', saveView('ana'), ana, mine, 'apply'],
    ['another one’s', saveView('ana'), ben, mine, 'forbidden'],
    ['taking everybody’s for myself', saveView('ana'), ana, everybodys, 'forbidden'],
    ['changed in another window since', saveView('ana'), ana, newer, 'conflict'],
    ['deleting mine', deleteView, ana, mine, 'apply'],
    ['deleting what is gone', deleteView, ana, gone, 'no-change'],
    ['saving what was deleted', saveView('ana'), ana, gone, 'apply'],
    ['an id that is not the target', { ...saveView('ana'), target: 'v2' }, ana, {}, 'invalid'],
  ])('%s', (_name, command, actor, extra, expected) => {
    expect(outcome(command, actor, extra)).toBe(expected)
  })
})

describe('versions', () => {
  test('the target carries the last one, all else is below it and above the version before', () => {
    const judged = run(aCommand({ type: 'merge', into: 't2' }), ana)
    if (judged.kind !== 'apply') throw new Error(judged.kind)
    expect(judged.changes.map(({ kind, id, version }) => `${kind} ${id.slice(-6)} ${version}`)).toEqual([
      'message 000001 98',
      'message 1/into 99',
      'ticket t1 100',
    ])
    expect(judged.changes.every(({ version }) => version > 100 - VERSIONS_PER_COMMAND)).toBe(true)
  })

  test('a command is decided against its target and what it names', () => {
    expect(subjectsOf(aCommand({ type: 'merge', into: 't2' })).names).toMatchObject([
      { kind: 'ticket', id: 't1' },
      { kind: 'ticket', id: 't2' },
    ])
    expect(subjectsOf(aCommand({ type: 'assign', to: 'ben' })).names).toMatchObject([
      { kind: 'ticket', id: 't1' },
      { kind: 'agent', id: 'ben' },
    ])
    expect(subjectsOf(deleteView).names).toEqual([{ kind: 'view', id: 'v1' }])
  })
})
