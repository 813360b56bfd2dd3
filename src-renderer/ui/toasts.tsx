import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { dropToast, type Toast, useScreen } from './screen-state'
import styles from './toasts.module.css'

const SHOWN_MS = { info: 6_000, problem: 12_000 } as const

/** What just happened, at the bottom, read aloud politely and gone by itself. */
export function Toasts() {
  const toasts = useScreen((state) => state.toasts)
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function OneToast({ toast }: { readonly toast: Toast }) {
  const { id, tone, text, action } = toast
  useEffect(() => {
    const timer = setTimeout(() => dropToast(id), SHOWN_MS[tone])
    return () => clearTimeout(timer)
  }, [id, tone])
  return (
    <div className={styles.toast} data-tone={tone}>
      {tone === 'problem' ? (
        <IconAlertTriangle size={16} aria-hidden />
      ) : (
        <IconInfoCircle size={16} aria-hidden />
      )}
      <span className={styles.text}>{text}</span>
      {action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            action.run()
            dropToast(id)
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label="Dismiss" onClick={() => dropToast(id)}>
        <IconX size={14} aria-hidden />
      </button>
    </div>
  )
}
