import { IconTicketOff } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { ComposerKind, TicketView } from '../store/desk-store'
import { useActions } from '../ui/actions'
import { EmptyState } from '../ui/empty-state'
import { closeTicket, write } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'
import { Composer } from './composer'
import { NeedsYou } from './needs-you'
import { Panels } from './panels'
import { ParkedProvider } from './parked-context'
import { useLook } from './presence/use-look'
import styles from './ticket.module.css'
import { TicketHeader } from './ticket-header'
import { Timeline } from './timeline'
import { useDraft } from './use-draft'

type Props = {
  readonly ticketId: string
  /** Leaves the ticket; unless told, the pane beside the queue closes. */
  readonly onClose?: () => void
}

/**
 * One ticket, beside the queue or in a window of its own: its conversation first, and what one has to know beside it
 * where there is room, else above it. Give it `key={ticketId}`: what is typed belongs to its ticket.
 */
export function TicketPane({ ticketId, onClose = closeTicket }: Props) {
  const desk = useDesk()
  const live = useMemo(() => desk.ticket(ticketId), [desk, ticketId])
  const view = useLive(live)
  useActions([
    { id: 'ticket.close', label: 'Close the ticket', section: 'Ticket', keys: 'Escape', run: onClose },
  ])
  return (
    <aside className={styles.pane} aria-label={view ? `Ticket ${view.ticket.number}` : 'Ticket'}>
      {view ? <OpenTicket view={view} onClose={onClose} /> : <NoTicket ticketId={ticketId} />}
    </aside>
  )
}

type OpenProps = { readonly view: TicketView; readonly onClose: () => void }

function OpenTicket({ view, onClose }: OpenProps) {
  const { ticket } = view
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
      <div className={styles.inside}>
        <TicketHeader view={view} onClose={onClose} />
        <NeedsYou parked={parked} ticketId={ticket.id} />
        <Panels view={view} />
        <Timeline view={view} />
        <Composer view={view} drafts={{ reply, note }} onTyped={look.typed} />
      </div>
    </ParkedProvider>
  )
}

/** A row that is known but not read yet is loading; one that isn't known has gone. */
function NoTicket({ ticketId }: { readonly ticketId: string }) {
  const isKnown = useDesk().rows.get(ticketId) !== undefined
  if (isKnown) return <div className={styles.loading} role="status" aria-label="Opening the ticket" />
  return (
    <EmptyState icon={IconTicketOff} title="This ticket is not on this desk">
      It may not have been fetched yet, or it was removed. It opens here as soon as it arrives.
    </EmptyState>
  )
}
