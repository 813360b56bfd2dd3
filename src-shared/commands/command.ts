import { z } from 'zod'
import { type HandoffCommand, handoffCommandSchema, handoffCommands } from '../handoff/command'
import { type TicketCommand, ticketCommandSchema, ticketCommands } from '../tickets/command'
import { type DocumentCommand, documentCommands, documentKind } from './documents'

/** Every write is one of these values (portal.md §3); unknown fields are refused. */
export const commandSchema = z.discriminatedUnion('type', [
  ...ticketCommands,
  ...handoffCommands,
  ...documentCommands,
])
export type Command = z.infer<typeof commandSchema>
export type CommandType = Command['type']

/** The kind of record that a command's `target` is the id of. */
export type TargetKind = 'ticket' | 'handoff' | 'view' | 'macro' | 'notice' | 'rota'

const ticketTypes: ReadonlySet<string> = new Set(
  ticketCommandSchema.options.map((option) => option.shape.type.value),
)
const handoffTypes: ReadonlySet<string> = new Set(
  handoffCommandSchema.options.map((option) => option.shape.type.value),
)

export function isTicketCommand(command: Command): command is TicketCommand {
  return ticketTypes.has(command.type)
}

export function isHandoffCommand(command: Command): command is HandoffCommand {
  return handoffTypes.has(command.type)
}

export function isDocumentCommand(command: Command): command is DocumentCommand {
  return documentKind(command.type) !== undefined
}

export function targetKind(command: Command): TargetKind {
  if (isTicketCommand(command)) return 'ticket'
  return documentKind(command.type) ?? 'handoff'
}

/** Names what a command is about: order is kept within it, and commands about different things never wait for each other. */
export function targetKey(command: Command): string {
  return `${targetKind(command)}/${command.target}`
}
