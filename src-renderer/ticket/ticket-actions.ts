import { mayGive } from '#shared/commands/roles'
import type { TicketView } from '../store/desk-store'
import { type Action, useActions } from '../ui/actions'
import { openDialog, toastProblem, write } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { listedCommands } from './command-form/command-list'
import { useForbiddenKeys } from './command-form/forbidden-keys'
import { giveCommand } from './command-form/give-command'

/**
 * What one does about the one ticket of a window. Beside the queue these are the queue's, for the ticket that is selected
 * there or for all that are marked.
 */
export function useTicketActions({ ticket }: TicketView, isAlone: boolean): void {
  const desk = useDesk()
  const ticketId = ticket.id
  const commands = listedCommands
    .filter(({ type }) => mayGive(type, desk.me.role))
    .map(
      ({ type, label, key }): Action => ({
        id: `command.${type}`,
        label,
        section: 'Commands',
        keys: key,
        run: () => giveCommand(desk, ticketId, type),
      }),
    )
  useForbiddenKeys(isAlone)
  useActions(
    [
      {
        id: 'ticket.claim',
        label: 'Claim',
        section: 'Ticket',
        keys: 'c',
        words: 'take',
        run: () => void desk.run({ type: 'claim', target: ticketId }).catch(toastProblem),
      },
      {
        id: 'ticket.reply',
        label: 'Reply to the customer',
        section: 'Ticket',
        keys: 'r',
        run: () => write(ticketId, 'reply'),
      },
      {
        id: 'ticket.note',
        label: 'Internal note',
        section: 'Ticket',
        keys: 'n',
        run: () => write(ticketId, 'note'),
      },
      {
        id: 'ticket.status',
        label: 'Status',
        section: 'Ticket',
        keys: 's',
        run: () => openDialog({ kind: 'status', ticketId }),
      },
      {
        id: 'ticket.priority',
        label: 'Priority',
        section: 'Ticket',
        keys: 'p',
        words: 'triage',
        run: () => openDialog({ kind: 'priority', ticketId }),
      },
      ...commands,
    ],
    isAlone,
  )
}
