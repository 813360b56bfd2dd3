import type { Refusal } from '../tickets/decide'
import type { Agent, Role } from '../tickets/people'
import type { CommandType } from './command'

/** Working a ticket is everybody's job. */
const everyone: readonly Role[] = ['l1', 'backline', 'supervisor']
const backline: readonly Role[] = ['backline', 'supervisor']
const supervisor: readonly Role[] = ['supervisor']

/** Who may give which command (portal.md §1); a new command doesn't compile without its line. */
const allowed: Record<CommandType, readonly Role[]> = {
  reply: everyone,
  note: everyone,
  'log-call': everyone,
  claim: everyone,
  // Whose ticket may be given away is for the ticket to say (objections.ts).
  assign: everyone,
  'set-status': everyone,
  'set-priority': everyone,
  escalate: everyone,
  'accept-escalation': backline,
  'return-escalation': backline,
  'link-product-issue': everyone,
  'unlink-product-issue': everyone,
  'record-workaround': everyone,
  'propose-course-of-action': everyone,
  'promise-update': everyone,
  tag: everyone,
  merge: everyone,
  cancel: everyone,
  'excuse-breach': supervisor,
  // Who sends, receives and leads is for the hand-off to say (handoff/decide.ts).
  'open-handoff': everyone,
  'add-handoff-item': everyone,
  'edit-handoff-item': everyone,
  'remove-handoff-item': everyone,
  'edit-handoff-section': everyone,
  'offer-handoff': everyone,
  'withdraw-handoff': everyone,
  'accept-handoff-item': everyone,
  'ask-handoff-item': everyone,
  'answer-handoff-item': everyone,
  'return-handoff-item': everyone,
  // One's own are everybody's to change, shared ones the supervisors' (documents.ts).
  'save-view': everyone,
  'delete-view': everyone,
  'save-macro': everyone,
  'delete-macro': everyone,
  'save-notice': supervisor,
  'delete-notice': supervisor,
  'save-rota': supervisor,
  'delete-rota': supervisor,
}

/** Whether a desk of this role offers the command at all. */
export function mayGive(type: CommandType, role: Role): boolean {
  return allowed[type].includes(role)
}

/** Why this agent may not give this command; undefined when they may. The one place where roles are looked at. */
export function authorise(command: { readonly type: CommandType }, actor: Agent): Refusal | undefined {
  if (mayGive(command.type, actor.role)) return undefined
  const who = allowed[command.type].join(' or ')
  return { code: 'forbidden', message: `${command.type} takes the role ${who}; yours is ${actor.role}` }
}
