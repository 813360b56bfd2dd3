import { Button } from '@mantine/core'
import { IconTicketOff } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { QueueRow } from '#shared/queue/row'
import type { ComposerKind, TicketView } from '../store/desk-store'
import { useActions } from '../ui/actions'
import { EmptyState } from '../ui/empty-state'
import { PlanBadge, PriorityMark, StatusMark } from '../ui/marks'
import { closeTicket, write } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'
import { Composer } from './composer'
import { NeedsYou } from './needs-you'
import { Panels } from './panels'
import { ParkedProvider } from './parked-context'
import { useLook } from './presence/use-look'
import styles from './ticket.module.css'
import { useTicketActions } from './ticket-actions'
import { TicketHeader } from './ticket-header'
import { Timeline } from './timeline'
import { useDraft } from './use-draft'
import { useFocusCaught } from './use-focus-caught'

type Props = {
  readonly ticketId: string
  /** Leaves the ticket; unless told, the pane beside the queue closes. */
  readonly onClose?: () => void
  /** Alone in its window: then it has the keys that are else the queue's. */
  readonly isAlone?: boolean
}

/**
 * One ticket, beside the queue or in a window of its own: its conversation first, and what one has to know beside it
 * where there is room, else above it. Give it `key={ticketId}`: what is typed belongs to its ticket.
 */
export function TicketPane({ ticketId, onClose = closeTicket, isAlone = false }: Props) {
  const desk = useDesk()
  const live = useMemo(() => desk.ticket(ticketId), [desk, ticketId])
  const view = useLive(live)
  useActions([
    { id: 'ticket.close', label: 'Close the ticket', section: 'Ticket', keys: 'Escape', run: onClose },
  ])
  return (
    <aside className={styles.pane} aria-label={view ? `Ticket ${view.ticket.number}` : 'Ticket'}>
      {view ? (
        <OpenTicket view={view} onClose={onClose} isAlone={isAlone} />
      ) : (
        <NoTicket ticketId={ticketId} onClose={onClose} />
      )}
    </aside>
  )
}

type OpenProps = Required<Omit<Props, 'ticketId'>> & { readonly view: TicketView }

function OpenTicket({ view, onClose, isAlone }: OpenProps) {
  const { ticket } = view
  const inside = useRef<HTMLDivElement>(null)
  useFocusCaught(inside)
  // Opened from a ticket that is gone with it, or first in its window: the keyboard begins at the conversation.
  useEffect(() => {
    if (document.activeElement === document.body)
      inside.current?.querySelector<HTMLElement>('[role=log]')?.focus({ preventScroll: true })
  }, [])
  useTicketActions(view, isAlone)
  const look = useLook(ticket.id)
  const reply = useDraft(ticket.id, 'reply')
  const note = useDraft(ticket.id, 'note')
  const addTo = { reply: reply.add, note: note.add }
  const latest = useRef(addTo)
  useEffect(() => {
    latest.current = addTo
  })
  const takeBack = useCallback(
    async (kind: ComposerKind, body: string) => {
      await latest.current[kind](body)
      write(ticket.id, kind)
    },
    [ticket.id],
  )
  const { parked } = view
  const waiting = useMemo(() => ({ parked, takeBack }), [parked, takeBack])
  return (
    <ParkedProvider value={waiting}>
      <div ref={inside} className={styles.inside}>
        <TicketHeader view={view} isAlone={isAlone} onClose={onClose} />
        <NeedsYou parked={parked} ticketId={ticket.id} />
        <Panels view={view} />
        <Timeline view={view} />
        <Composer view={view} drafts={{ reply, note }} onTyped={look.typed} />
      </div>
    </ParkedProvider>
  )
}

/** A row that is known but not read yet is loading; one that isn't known has gone. */
function NoTicket({ ticketId, onClose }: Props & { readonly onClose: () => void }) {
  const row = useDesk().rows.get(ticketId)
  if (row) return <OpeningTicket row={row} />
  return (
    <EmptyState icon={IconTicketOff} title="This ticket is not on this desk">
      <p>
        It may not have been fetched yet, or it was removed. It opens here as soon as it arrives; what you had
        written is kept.
      </p>
      <Button size="xs" variant="default" onClick={onClose}>
        Close
      </Button>
    </EmptyState>
  )
}

/** What the queue knows already, where it will stand. */
function OpeningTicket({ row }: { readonly row: QueueRow }) {
  return (
    <>
      <header className={styles.header}>
        <div className={styles.controls}>
          <span className={`${styles.number} digits`}>{row.number}</span>
          <span className={styles.control}>
            <PriorityMark priority={row.priority} worded />
          </span>
          <span className={styles.control}>
            <StatusMark status={row.status} />
          </span>
        </div>
        <h2 className={styles.subject}>{row.subject}</h2>
        <p className={styles.facts}>
          <span className={styles.customer}>{row.customer}</span>
          <PlanBadge plan={row.plan} />
        </p>
      </header>
      <div className={styles.loading} role="status" aria-label="Opening the ticket" />
    </>
  )
}
