import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { SignInState } from '#shared/ipc'
import { Logo } from '../ui/logo'
import { ConnectForm } from './connect-form'
import { DemoPeople } from './demo-people'
import styles from './sign-in.module.css'

type Way = 'demo' | 'portal'
type Props = {
  /** Why somebody who was signed in is here again, and from where. */
  readonly state: Extract<SignInState, { kind: 'signed-out' }>
  readonly onSignedIn: (state: SignInState) => void
}

/** The first screen: look around in the demo workspace, or connect to a portal. */
export function SignIn({ state, onSignedIn }: Props) {
  const { notice, isProblem = false, portalUrl } = state
  const [way, setWay] = useState<Way>(portalUrl === undefined ? 'demo' : 'portal')
  return (
    <div className={styles.screen}>
      <Meridians />
      <main className={styles.card}>
        <header className={styles.head}>
          <Logo size={40} />
          <h1 className={styles.title}>Meridian</h1>
          <p className={styles.claim}>One desk around the clock. What is due, when, and whose it is.</p>
        </header>
        {notice && (
          <p className={isProblem ? styles.failure : styles.notice} role={isProblem ? 'alert' : 'status'}>
            {isProblem ? (
              <IconAlertTriangle size={16} aria-hidden />
            ) : (
              <IconInfoCircle size={16} aria-hidden />
            )}{' '}
            <span>{notice}</span>
          </p>
        )}
        <div className={styles.ways} role="tablist" aria-label="How to begin">
          <WayTab way="demo" shown={way} onChoose={setWay}>
            Demo workspace
          </WayTab>
          <WayTab way="portal" shown={way} onChoose={setWay}>
            Connect to a portal
          </WayTab>
        </div>
        <div
          className={styles.body}
          role="tabpanel"
          aria-label={way === 'demo' ? 'Demo workspace' : 'Connect'}
        >
          {way === 'demo' ? (
            <DemoPeople onSignedIn={onSignedIn} />
          ) : (
            <ConnectForm address={portalUrl} onSignedIn={onSignedIn} />
          )}
        </div>
      </main>
    </div>
  )
}

type WayTabProps = {
  readonly way: Way
  readonly shown: Way
  readonly onChoose: (way: Way) => void
  readonly children: string
}

function WayTab({ way, shown, onChoose, children }: WayTabProps) {
  return (
    <button
      type="button"
      role="tab"
      className={styles.way}
      aria-selected={way === shown}
      tabIndex={way === shown ? 0 : -1}
      onClick={() => onChoose(way)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
        event.preventDefault()
        onChoose(way === 'demo' ? 'portal' : 'demo')
        const other = event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling
        if (other instanceof HTMLElement) other.focus()
      }}
    >
      {children}
    </button>
  )
}

const LONGITUDES = [0, 80, 160, 240, 320, 400, 480, 560]

/** The globe's meridians, quiet, behind everything. */
function Meridians() {
  return (
    <svg className={styles.globe} viewBox="-600 -600 1200 1200" fill="none" aria-hidden="true">
      {LONGITUDES.map((radius) => (
        <ellipse key={radius} rx={radius} ry="590" />
      ))}
      <path d="M-590 0H590M-511-295H511M-511 295H511" />
    </svg>
  )
}
