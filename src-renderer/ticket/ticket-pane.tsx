import { IconTicketOff } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { ComposerKind, TicketView } from '../store/desk-store'
import { EmptyState } from '../ui/empty-state'
import { useKeys } from '../ui/keys'
import { closeTicket, showWhy, useScreen, write } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'
import { Carried } from './carried'
import { Composer } from './composer'
import { NeedsYou } from './needs-you'
import { ParkedProvider } from './parked-context'
import { SlaPanel } from './sla-panel'
import styles from './ticket.module.css'
import { TicketHeader } from './ticket-header'
import { Timeline } from './timeline'
import { useDraft } from './use-draft'

/** One ticket beside the queue. Give it `key={ticketId}`: what is typed belongs to its ticket. */
export function TicketPane({ ticketId }: { readonly ticketId: string }) {
  const desk = useDesk()
  const live = useMemo(() => desk.ticket(ticketId), [desk, ticketId])
  const view = useLive(live)
  useKeys({ Escape: closeTicket, y: () => showWhy(!useScreen.getState().isWhyShown) })
  return (
    <aside className={styles.pane} aria-label={view ? `Ticket ${view.ticket.number}` : 'Ticket'}>
      {view ? <OpenTicket view={view} /> : <NoTicket ticketId={ticketId} />}
    </aside>
  )
}

function OpenTicket({ view }: { readonly view: TicketView }) {
  const { ticket, requester, organization } = view
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
      <TicketHeader view={view} />
      <NeedsYou parked={parked} ticketId={ticket.id} />
      <SlaPanel view={view} />
      <Carried view={view} />
      <Timeline view={view} />
      <Composer customer={requester?.name ?? organization?.name ?? 'the customer'} drafts={{ reply, note }} />
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
