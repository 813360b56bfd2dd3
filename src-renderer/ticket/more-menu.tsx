import { Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { mayGive } from '#shared/commands/roles'
import type { TicketCommandType } from '#shared/tickets/command'
import type { TicketView } from '../store/desk-store'
import { useActions } from '../ui/actions'
import { useDesk } from '../ui/use-desk'
import { commandGroups } from './command-form/command-list'
import { giveCommand } from './command-form/give-command'
import { whyNot } from './command-form/why-not'
import { copyLink, openOwnWindow } from './own-window'
import styles from './ticket.module.css'

/** Everything else that may be done with this ticket now, each with its key. */
export function MoreMenu({ view, isAlone }: { readonly view: TicketView; readonly isAlone: boolean }) {
  const desk = useDesk()
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const give = (type: TicketCommandType) => {
    // The form gives the focus back to what had it, which an entry of a closed menu could not take.
    button.current?.focus()
    giveCommand(desk, view.ticket.id, type)
  }
  useActions([
    {
      id: 'ticket.more',
      label: 'More about this ticket',
      section: 'Ticket',
      keys: '.',
      run: () => setIsOpen(true),
    },
  ])
  return (
    <Menu
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-end"
      width={264}
      shadow="md"
      transitionProps={{ duration: 80 }}
      returnFocus
    >
      <Menu.Target>
        <button
          ref={button}
          type="button"
          className={styles.close}
          aria-label="More"
          aria-keyshortcuts="."
          data-tip="More (.)"
        >
          <IconDots size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        <Items view={view} onGive={give} />
        <Menu.Divider />
        {!isAlone && (
          <Menu.Item rightSection={<kbd>o</kbd>} onClick={() => openOwnWindow(view.ticket.id)}>
            Open in a window of its own
          </Menu.Item>
        )}
        <Menu.Item rightSection={<kbd>L</kbd>} onClick={() => copyLink(view.ticket.id)}>
          Copy the link
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type ItemsProps = { readonly view: TicketView; readonly onGive: (type: TicketCommandType) => void }

/** Rendered while the menu is open alone: what may be done is judged then. */
function Items({ view, onGive }: ItemsProps) {
  const desk = useDesk()
  const now = desk.now()
  const groups = commandGroups
    .map(({ title, commands }) => ({
      title,
      commands: commands.filter(
        ({ type }) => mayGive(type, desk.me.role) && whyNot(type, view, desk.me, now) === undefined,
      ),
    }))
    .filter(({ commands }) => commands.length > 0)
  if (groups.length === 0) return <Menu.Label>Nothing can be done with it any more</Menu.Label>
  return groups.map(({ title, commands }, position) => (
    <div key={title}>
      {position > 0 && <Menu.Divider />}
      {commands.map(({ type, label, key }) => (
        <Menu.Item key={type} rightSection={<kbd>{key}</kbd>} onClick={() => onGive(type)}>
          {label}
        </Menu.Item>
      ))}
    </div>
  ))
}
