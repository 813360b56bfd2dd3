import { useEffect, useState } from 'react'
import { assertNever } from '#shared/assert-never'
import type { Desk, SignInState } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { SignIn } from '../sign-in/sign-in'
import type { DeskStore } from '../store/desk-store'
import { resetScreen } from '../ui/screen-state'
import { TipLayer } from '../ui/tip-layer'
import { DeskProvider } from '../ui/use-desk'
import { Crash, CrashBoundary } from './crash'
import { DeskScreen } from './desk-screen'
import { Opening } from './opening'
import { ticketOfWindow } from './shown-ticket'
import { tellDrawn } from './tell-drawn'
import { TicketScreen } from './ticket-screen'

/** This window's, if it is a ticket's own. */
const ownTicket = ticketOfWindow(window.location.hash)

export type OpenDesk = (profile: string, me: Agent, desk: Desk) => DeskStore | Promise<DeskStore>

/** The console: the sign-in, or the desk of whoever is signed in. */
export function App({ openDesk }: { readonly openDesk: OpenDesk }) {
  return (
    <CrashBoundary>
      <Session openDesk={openDesk} />
      <TipLayer />
    </CrashBoundary>
  )
}

function Session({ openDesk }: { readonly openDesk: OpenDesk }) {
  const [session, setSession] = useState<SignInState>()
  const [problem, setProblem] = useState<unknown>()
  useEffect(() => {
    let told = false
    const end = window.desk.session.changed((next) => {
      told = true
      setSession(next)
    })
    // A change that arrives while we ask is newer than the answer.
    window.desk.session.current().then((now) => told || setSession(now), setProblem)
    return end
  }, [])
  const isSignedOut = session?.kind === 'signed-out'
  useEffect(() => {
    if (isSignedOut) tellDrawn()
  }, [isSignedOut])
  if (problem !== undefined) return <Crash problem={problem} />
  if (!session) return <Opening text="Opening Meridian" />
  switch (session.kind) {
    case 'signed-out':
      return <SignIn key={session.portalUrl} state={session} onSignedIn={setSession} />
    case 'signed-in':
      return <OpenedDesk key={session.profile} session={session} openDesk={openDesk} />
    default:
      return assertNever(session, 'session')
  }
}

type SignedIn = Extract<SignInState, { kind: 'signed-in' }>

function OpenedDesk({ session, openDesk }: { readonly session: SignedIn; readonly openDesk: OpenDesk }) {
  const [store, setStore] = useState<DeskStore>()
  const [problem, setProblem] = useState<unknown>()
  const { profile, agent } = session
  // The profile names the person; the same person described anew must not open the desk a second time.
  const [me] = useState(agent)
  useEffect(() => {
    let opened: DeskStore | undefined
    let isGone = false
    resetScreen()
    Promise.resolve(openDesk(profile, me, window.desk)).then((desk) => {
      if (isGone) return desk.close()
      opened = desk
      setStore(desk)
    }, setProblem)
    return () => {
      isGone = true
      setStore(undefined)
      // Views below save their drafts as they go, which is after this: the desk closes behind them.
      setTimeout(() => opened?.close())
    }
  }, [openDesk, profile, me])
  if (problem !== undefined) return <Crash problem={problem} />
  if (!store) return <Opening text={`Opening ${session.workspace.name}`} />
  return (
    <DeskProvider store={store}>
      {ownTicket === undefined ? <DeskScreen session={session} /> : <TicketScreen ticketId={ownTicket} />}
    </DeskProvider>
  )
}
