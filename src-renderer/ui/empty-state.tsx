import type { ComponentType, ReactNode } from 'react'
import styles from './empty-state.module.css'

type Props = {
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  readonly title: string
  readonly children?: ReactNode
}

/** Why there is nothing here, and what one can do about it. */
export function EmptyState({ icon: Icon, title, children }: Props) {
  return (
    <div className={styles.empty}>
      <div className={styles.icon}>
        <Icon size={24} stroke={1.5} aria-hidden />
      </div>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
    </div>
  )
}
