import type { CommandType } from '#shared/tickets/command'
import type { Refusal } from '#shared/tickets/decide'
import type { Agent, Role } from '#shared/tickets/people'

/** Working a ticket is everybody's job. */
const everyone: readonly Role[] = ['l1', 'backline', 'supervisor']

/** Who may give which command (portal.md §1); a new command doesn't compile without its line. */
const allowed: Record<CommandType, readonly Role[]> = {
  reply: everyone,
  note: everyone,
  claim: everyone,
  'set-status': everyone,
  'set-priority': everyone,
}

/** Why this agent may not give this command; undefined when they may. The one place where roles are looked at. */
export function authorise(command: { readonly type: CommandType }, actor: Agent): Refusal | undefined {
  if (allowed[command.type].includes(actor.role)) return undefined
  const who = allowed[command.type].join(' or ')
  return { code: 'forbidden', message: `${command.type} takes the role ${who}; yours is ${actor.role}` }
}
