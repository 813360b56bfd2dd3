import { type ReactNode, useLayoutEffect, useRef } from 'react'
import styles from './dialog.module.css'
import { focusHome } from './focus-home'

type Props = {
  readonly title: ReactNode
  /** Read by a screen reader when the dialog opens. */
  readonly label: string
  /** `page`: as large as a page of its own, its height steady whatever is in it. `palette`: without a visible title. */
  readonly size?: 'wide' | 'broad' | 'page' | 'palette'
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The platform's own modal dialog: it traps the focus, gives it back, and Escape or a click beside it closes it. */
export function Dialog({ title, label, size, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  // Before the effects of what is inside, which may want the focus: it can have it only in an open dialog.
  useLayoutEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    // What got the focus may be higher than the dialog: one begins at its top.
    dialog?.scrollTo(0, 0)
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      else focusHome()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it; the click is beside the dialog.
    <dialog
      ref={element}
      className={styles.dialog}
      data-size={size}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose()
      }}
    >
      <div className={styles.inside}>
        <h2 className={styles.title}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
