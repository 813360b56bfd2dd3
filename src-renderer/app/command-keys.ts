import { mayGive } from '#shared/commands/roles'
import { listedCommands } from '../ticket/command-form/command-list'
import { useForbiddenKeys } from '../ticket/command-form/forbidden-keys'
import { giveCommand } from '../ticket/command-form/give-command'
import { copyLink, openOwnWindow } from '../ticket/own-window'
import { useActions } from '../ui/actions'
import { useKeys } from '../ui/keys'
import { useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'

/** What can be done with the selected ticket of the console besides what the queue does itself. */
export function useSelectedTicketActions(): void {
  const desk = useDesk()
  const onSelected = (run: (ticketId: string) => void) => () => {
    const { selectedId } = useScreen.getState()
    if (selectedId !== undefined) run(selectedId)
  }
  useActions([
    ...listedCommands
      .filter(({ type }) => mayGive(type, desk.me.role))
      .map(({ type, label, key }) => ({
        id: `command.${type}`,
        label,
        section: 'Commands' as const,
        keys: key,
        run: onSelected((ticketId) => giveCommand(desk, ticketId, type)),
      })),
    {
      id: 'ticket.own-window',
      label: 'Open in a window of its own',
      section: 'Ticket',
      keys: 'o',
      words: 'pop out new window',
      run: onSelected(openOwnWindow),
    },
    {
      id: 'ticket.copy-link',
      label: 'Copy the link to the ticket',
      section: 'Ticket',
      keys: 'L',
      words: 'url share address meridian',
      run: onSelected(copyLink),
    },
  ])
  useForbiddenKeys(useScreen((state) => state.selectedId !== undefined))
  useKeys({ 'Shift+Enter': onSelected(openOwnWindow) })
}
