import { useCallback, useEffect, useRef } from 'react'
import type { SignInState } from '#shared/ipc'
import { FilterBox } from '../queue/filter-box'
import { QueuePanel } from '../queue/queue-panel'
import { OrphansNotice } from '../ticket/orphans/orphans-notice'
import { TicketPane } from '../ticket/ticket-pane'
import { useKeys } from '../ui/keys'
import { closeTicket, openDialog, openTicket, showFilter, showTab, useScreen } from '../ui/screen-state'
import { SyncStrip } from '../ui/sync-strip'
import { Toasts } from '../ui/toasts'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './app.module.css'
import { useCommandKeys } from './command-keys'
import { Dialogs } from './dialogs'
import { Header } from './header'
import { Notices } from './notices'
import { Split } from './split'

type Props = { readonly session: Extract<SignInState, { kind: 'signed-in' }> }

export function DeskScreen({ session }: Props) {
  const desk = useDesk()
  const openId = useScreen((state) => state.openId)
  const openSettings = () => openDialog({ kind: 'settings' })
  useKeys({ '?': () => openDialog({ kind: 'keys' }), 'g ,': openSettings, 'Mod+,': openSettings })
  useCommandKeys()
  useEffect(
    () =>
      window.desk.navigation.openTicket(({ ticketId }) => {
        if (ticketId === undefined) closeTicket()
        else openTicket(ticketId)
      }),
    [],
  )
  const onPainted = useSettled(useLive(desk.status).firstSync?.openDone !== false)
  return (
    <div className={styles.desk}>
      <Header session={session} search={<FilterBox />} />
      <Notices />
      <OrphansNotice />
      <main className={styles.main}>
        <Split
          left={<QueuePanel onPainted={onPainted} />}
          right={openId === undefined ? undefined : <TicketPane key={openId} ticketId={openId} />}
        />
      </main>
      <SyncStrip
        onShowMarked={(mark) => {
          showTab('open')
          showFilter(`is:${mark}`)
        }}
      />
      <Dialogs />
      <Toasts />
    </div>
  )
}

/** Tells main, once, that the queue of a finished first sync is on the screen. */
function useSettled(isComplete: boolean): () => void {
  const isTold = useRef(false)
  return useCallback(() => {
    if (!isComplete || isTold.current) return
    isTold.current = true
    window.desk.app.settled().catch((problem: unknown) => console.error('settled', problem))
  }, [isComplete])
}
