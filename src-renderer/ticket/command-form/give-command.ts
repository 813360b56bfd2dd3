import type { TicketCommandType } from '#shared/tickets/command'
import type { CommandDraft, DeskStore } from '../../store/desk-store'
import { openDialog, toastProblem } from '../../ui/screen-state'
import { forms } from './fields'

/** Gives a command at once, or opens the form for what it needs. */
export function giveCommand(desk: DeskStore, ticketId: string, type: TicketCommandType): void {
  if (forms[type].fields.length > 0) openDialog({ kind: 'command', ticketId, type })
  else desk.run({ type, target: ticketId } as CommandDraft).catch(toastProblem)
}
