import { useCallback, useRef } from 'react'
import type { SignInState } from '#shared/ipc'
import { FilterBox } from '../queue/filter-box'
import { QueuePanel } from '../queue/queue-panel'
import { OrphansNotice } from '../ticket/orphans/orphans-notice'
import { TicketPane } from '../ticket/ticket-pane'
import { showFilter, showTab, useScreen } from '../ui/screen-state'
import { SyncStrip } from '../ui/sync-strip'
import { Toasts } from '../ui/toasts'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './app.module.css'
import { useSelectedTicketActions } from './command-keys'
import { Dialogs } from './dialogs'
import { goToTicket, useOutsideWays } from './follow-links'
import { Header } from './header'
import { Notices } from './notices'
import { Palette } from './palette/palette'
import { Split } from './split'
import { useTellDrawn } from './tell-drawn'
import { useWindowActions } from './window-actions'

type Props = { readonly session: Extract<SignInState, { kind: 'signed-in' }> }

export function DeskScreen({ session }: Props) {
  const desk = useDesk()
  const openId = useScreen((state) => state.openId)
  useWindowActions()
  useSelectedTicketActions()
  useOutsideWays()
  useTellDrawn(desk.rows)
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
      <Palette onTicket={goToTicket} />
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
