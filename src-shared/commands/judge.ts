import { assertNever } from '../assert-never'
import { apply } from '../tickets/apply'
import type { TicketCommand } from '../tickets/command'
import { decide } from '../tickets/decide'
import { referenceObjection } from '../tickets/references'
import { isHandoffCommand, isTicketCommand, type TargetKind } from './command'
import { type DocumentCommand, decideDocument, documentKind, documentValue } from './documents'
import { judgeHandoff } from './judge-handoff'
import { type Change, inVersions, type JudgeInput, type Judgement } from './judgement'
import { authorise } from './roles'

/**
 * What the portal answers to a command, and what it writes. Pure: the records of `subjectsOf` come from `lookup`, the
 * time from `at`.
 */
export function judge(input: JudgeInput): Judgement {
  const { command, actor } = input
  const forbidden = authorise(command, actor)
  if (forbidden) return { kind: 'reject', ...forbidden }
  if (isTicketCommand(command)) return judgeTicket(input, command)
  return isHandoffCommand(command) ? judgeHandoff(input, command) : judgeDocument(input, command)
}

function judgeTicket({ lookup, actor, at, version }: JudgeInput, command: TicketCommand): Judgement {
  const ticket = lookup.get('ticket', command.target)?.value
  if (!ticket) return notFound('ticket', command.target)
  const decision = decide(command, ticket, actor, at)
  if (decision.kind !== 'apply') return decision
  const known = {
    agent: (id: string) => lookup.get('agent', id)?.value,
    ticket: (id: string) => lookup.get('ticket', id)?.value,
  }
  const objected = referenceObjection(command, ticket, known)
  if (objected) return { kind: 'reject', ...objected }
  const into = command.type === 'merge' ? known.ticket(command.into) : undefined
  const applied = apply({ command, ticket, actor, at, version, into })
  const messages = applied.messages.map((value) => ({ kind: 'message' as const, value }))
  return {
    kind: 'apply',
    changes: inVersions([...messages, { kind: 'ticket', value: applied.ticket }], version),
  }
}

function judgeDocument({ lookup, actor, version }: JudgeInput, command: DocumentCommand): Judgement {
  const kind = documentKind(command.type)
  if (!kind) throw new Error(`${command.type} is about no record`)
  const decision = decideDocument(command, lookup.get(kind, command.target), actor)
  switch (decision.kind) {
    case 'reject':
    case 'conflict':
      return decision
    case 'apply': {
      const change = { kind, id: command.target, version, value: documentValue(command) } as Change
      return { kind: 'apply', changes: [change] }
    }
    default:
      return assertNever(decision, 'decision')
  }
}

function notFound(kind: TargetKind, id: string): Judgement {
  return { kind: 'reject', code: 'not-found', message: `there is no ${kind} ${id}`, field: 'target' }
}
