import { IconGhost2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useActions } from '../../ui/actions'
import { SmallButton } from '../../ui/small-button'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './orphans.module.css'
import { OrphansDialog } from './orphans-dialog'

/** Tells of what is on no ticket's page any more and can't be sent, until all of it was looked at and decided. */
export function OrphansNotice() {
  const desk = useDesk()
  const orphans = useLive(desk.orphans)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => setIsOpen(true)
  useActions(
    [
      {
        id: 'ticket.orphans',
        label: 'What I did that can’t be sent',
        section: 'Window',
        words: 'orphans lost deleted drafts unsent',
        run: open,
      },
    ],
    orphans.length > 0,
  )
  return (
    <>
      {orphans.length > 0 && (
        <div className={styles.notice} role="status">
          <IconGhost2 size={16} aria-hidden />
          <span className={styles.words}>
            {orphans.length === 1 ? '1 thing you did' : `${orphans.length} things you did`} can’t be sent and{' '}
            {orphans.length === 1 ? 'stands' : 'stand'} on no ticket here.
          </span>
          <SmallButton aria-haspopup="dialog" onClick={open}>
            Look at {orphans.length === 1 ? 'it' : 'them'}
          </SmallButton>
        </div>
      )}
      {isOpen && <OrphansDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}
