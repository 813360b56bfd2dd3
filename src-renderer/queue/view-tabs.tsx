import type { KeyboardEvent } from 'react'
import { viewOfTab } from '#shared/queue/builtin-views'
import { type Tab, tabs } from '#shared/queue/view'
import { showTab } from '../ui/screen-state'
import styles from './queue.module.css'

const LABEL = {
  open: 'All open',
  mine: 'Mine',
  unassigned: 'Unassigned',
  'at-risk': 'At risk',
  breached: 'Breached',
  waiting: 'Waiting',
  closed: 'Closed',
} as const satisfies Record<Tab, string>

export function tabLabel(tab: Tab): string {
  return LABEL[tab]
}

type Props = {
  /** Tickets of a view, by its id. */
  readonly countOf: (viewId: string) => number
  readonly tab: Tab
}

export function ViewTabs({ countOf, tab: shown }: Props) {
  const count = (tab: Tab) => countOf(viewOfTab(tab).id)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length]
    if (!next) return
    showTab(next)
    const button = event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)
    button?.focus()
  }
  return (
    <div className={styles.tabs} role="tablist" aria-label="Views" tabIndex={-1} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === shown}
          tabIndex={tab === shown ? 0 : -1}
          className={styles.tab}
          data-tab={tab}
          data-alarming={(tab === 'breached' && count(tab) > 0) || undefined}
          onClick={() => showTab(tab)}
        >
          <span className={styles.tabName} data-text={LABEL[tab]}>
            {LABEL[tab]}
          </span>
          <span className={`${styles.count} digits`}>{count(tab).toLocaleString('en')}</span>
        </button>
      ))}
    </div>
  )
}
