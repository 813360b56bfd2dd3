import { useCallback, useEffect } from 'react'
import { copyLink } from '../ticket/own-window'
import { TicketPane } from '../ticket/ticket-pane'
import { useActions } from '../ui/actions'
import { openTicket, toastProblem, useScreen } from '../ui/screen-state'
import { SyncStrip } from '../ui/sync-strip'
import { Toasts } from '../ui/toasts'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './app.module.css'
import { Dialogs } from './dialogs'
import { Notices } from './notices'
import { Palette } from './palette/palette'
import { useWindowActions } from './window-actions'

const showInConsole = (ticketId: string | undefined) => {
  window.desk.window.showConsole(ticketId === undefined ? {} : { ticketId }).catch(toastProblem)
}

/** One ticket in a window of its own. Whatever leads to another one leads to the console. */
export function TicketScreen({ ticketId }: { readonly ticketId: string }) {
  const openId = useScreen((state) => state.openId)
  useWindowActions()
  const title = useTitle(ticketId)
  useEffect(() => {
    if (openId === ticketId) return
    if (openId !== undefined) showInConsole(openId)
    openTicket(ticketId)
  }, [openId, ticketId])
  useActions([
    {
      id: 'window.console',
      label: 'Show it in the queue',
      section: 'Window',
      keys: 'q',
      words: 'console main list',
      run: () => showInConsole(ticketId),
    },
    {
      id: 'ticket.copy-link',
      label: 'Copy the link to the ticket',
      section: 'Ticket',
      keys: 'L',
      words: 'url share address meridian',
      run: () => copyLink(ticketId),
    },
  ])
  const close = useCallback(() => window.close(), [])
  return (
    <div className={styles.desk}>
      <Notices />
      <main className={styles.main}>
        <h1 className="spoken">{title}</h1>
        <TicketPane key={ticketId} ticketId={ticketId} isAlone onClose={close} />
      </main>
      <SyncStrip onShowMarked={() => showInConsole(undefined)} />
      <Dialogs />
      <Palette onTicket={showInConsole} />
      <Toasts />
    </div>
  )
}

/** Number and subject, by which one finds the window again. */
function useTitle(ticketId: string): string {
  const desk = useDesk()
  const row = useLive(desk.ticket(ticketId))?.row ?? desk.rows.get(ticketId)
  const title = row ? `${row.number} · ${row.subject}` : 'Meridian'
  useEffect(() => {
    document.title = title
  }, [title])
  return title
}
