import { IconMessageReply } from '@tabler/icons-react'
import type { Instant } from '#shared/time/instant'
import { Age } from '../../ui/age'
import styles from './cells.module.css'

type Props = {
  readonly at: Instant | undefined
  readonly what: string
  /** Nobody has answered since. */
  readonly isWaiting?: boolean
}

export function AgeCell({ at, what, isWaiting = false }: Props) {
  if (at === undefined) return <span className={styles.quiet}>–</span>
  return (
    <span className={styles.age} data-waiting={isWaiting || undefined}>
      <Age at={at} what={what} />
      {isWaiting && (
        <>
          <IconMessageReply size={13} stroke={2} aria-hidden />
          <span className="spoken">, not answered</span>
        </>
      )}
    </span>
  )
}
