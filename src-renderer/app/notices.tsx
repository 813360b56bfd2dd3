import { IconInfoCircle, IconX } from '@tabler/icons-react'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './app.module.css'

/** What the desk has to tell once, such as a database that was rebuilt; it stays until it was read. */
export function Notices() {
  const desk = useDesk()
  const { notices } = useLive(desk.status)
  return notices.map((notice) => (
    <div key={notice} className={styles.notice} role="status">
      <IconInfoCircle size={16} aria-hidden />
      <span className={styles.noticeText}>{notice}</span>
      <button
        type="button"
        className={styles.round}
        aria-label="Dismiss"
        onClick={() => desk.dismissNotice(notice)}
      >
        <IconX size={14} aria-hidden />
      </button>
    </div>
  ))
}
