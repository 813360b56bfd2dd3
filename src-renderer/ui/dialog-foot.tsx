import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './dialog-foot.module.css'

type Props = {
  /** What stands at the beginning of the line. */
  readonly start?: ReactNode
  /** Words at the beginning of the line. */
  readonly hint?: string
  readonly problem?: string | undefined
  /** Keys that do what the last button does. */
  readonly keys?: string
  /** The buttons; the one that is meant comes last. */
  readonly children: ReactNode
}

/** How a dialog ends: what is wrong with what it asks for, and its buttons. */
export function DialogFoot({ start, hint, problem, keys, children }: Props) {
  return (
    <div className={styles.foot}>
      {start}
      {hint && <span className={styles.hint}>{hint}</span>}
      <span className={styles.problem} role="alert">
        {problem && (
          <>
            <IconAlertTriangle size={14} aria-hidden /> {problem}
          </>
        )}
      </span>
      {keys && <span className={styles.keys}>{keys}</span>}
      {children}
    </div>
  )
}
