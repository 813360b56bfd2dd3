// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are absolutely placed, which a <table> can't do.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row to readers.
import { IconChevronRight } from '@tabler/icons-react'
import type { Group } from '#shared/queue/group-lines'
import type { QueueView } from '#shared/queue/queue-view'
import { foldGroups, selectGroup, useScreen } from '../ui/screen-state'
import styles from './group-head.module.css'

export function groupElementId(key: string): string {
  return `group-${key.replaceAll(/\s+/g, '_')}`
}

/** Folds or unfolds a group; the cursor goes from what is folded away to its head. */
export function foldGroup(view: QueueView, key: string, isFolded: boolean): void {
  const { folded, selectedId } = useScreen.getState()
  const next = new Set(folded)
  if (isFolded) next.add(key)
  else next.delete(key)
  if (isFolded && selectedId !== undefined && groupKeyOf(view, selectedId) === key) selectGroup(key)
  foldGroups(next)
}

/** The key of the group in which a ticket stands. */
export function groupKeyOf(view: QueueView, ticketId: string): string | undefined {
  let rest = view.positionOf(ticketId)
  if (rest < 0) return undefined
  for (const { key, count } of view.groups) {
    if (rest < count) return key
    rest -= count
  }
  return undefined
}

type Props = {
  readonly group: Group
  /** Its line in the list. */
  readonly at: number
  /** In px. */
  readonly top: number
  readonly isActive: boolean
  readonly view: QueueView
}

/** The head of a group: what its tickets have in common, and how many there are. */
export function GroupHead({ group, at, top, isActive, view }: Props) {
  const { key, label, count, isFolded } = group
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys.
    <div
      id={groupElementId(key)}
      role="row"
      aria-rowindex={at + 2}
      data-folded={isFolded || undefined}
      aria-label={`${label}, ${count} ${count === 1 ? 'ticket' : 'tickets'}`}
      data-active={isActive || undefined}
      className={styles.group}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => foldGroup(view, key, !isFolded)}
    >
      <div role="rowheader" aria-expanded={!isFolded} className={styles.groupCell}>
        <IconChevronRight size={14} stroke={2} className={styles.chevron} aria-hidden />
        <span className={styles.groupName}>{label}</span>
        <span className={`${styles.groupCount} digits`}>{count.toLocaleString('en')}</span>
      </div>
    </div>
  )
}
