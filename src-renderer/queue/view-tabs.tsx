import type { KeyboardEvent } from 'react'
import type { SavedView } from '#shared/queue/saved-view'
import { fittingViews } from './fitting-views'
import { goTo, type QueueViews, viewName } from './queue-views'
import styles from './toolbar.module.css'
import { useWidth } from './use-width'

type Props = {
  readonly views: QueueViews
  readonly shown: SavedView
  /** Tickets of a view, by its id. */
  readonly countOf: (viewId: string) => number
  /** Before anything was read there is nothing to count. */
  readonly isCounted: boolean
}

/** The views for which there is room, each with the number of its tickets; all others are in the menu beside them. */
export function ViewTabs({ views, shown, countOf, isCounted }: Props) {
  const [frame, width] = useWidth()
  const tabs = fittingViews(views, shown, width)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = tabs.findIndex(({ id }) => id === shown.id)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    goTo(next)
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
    buttons.find(({ dataset }) => dataset.view === next.id)?.focus()
  }
  return (
    <div
      ref={frame}
      className={styles.tabs}
      role="tablist"
      aria-label="Views"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {tabs.map((view) => {
        const isShown = view.id === shown.id
        const count = countOf(view.id)
        return (
          <button
            key={view.id}
            type="button"
            role="tab"
            aria-selected={isShown}
            tabIndex={isShown ? 0 : -1}
            className={styles.tab}
            data-view={view.id}
            data-alarming={(view.id === 'builtin/breached' && count > 0) || undefined}
            onClick={() => goTo(view)}
          >
            <span className={styles.tabName} data-text={viewName(view)}>
              {viewName(view)}
            </span>
            {/* What is over is no work that waits; while history comes in, its number would move all tabs after it. */}
            {view.id !== 'builtin/closed' && (
              <span className={`${styles.count} digits`}>{isCounted && count.toLocaleString('en')}</span>
            )}
          </button>
        )
      })}
    </div>
  )
}
