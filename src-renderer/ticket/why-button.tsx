import { IconChevronDown } from '@tabler/icons-react'
import { showWhy, useScreen } from '../ui/screen-state'
import styles from './sla-panel.module.css'

export const WHY_ID = 'why-then'

/** Opens why the targets are due when they are: in the panel, or above it where the panel may be cut off. */
export function WhyButton({ className }: { readonly className?: string | undefined }) {
  const isWhyShown = useScreen((state) => state.isWhyShown)
  return (
    <button
      type="button"
      className={`${styles.whyButton} ${className ?? ''}`}
      aria-expanded={isWhyShown}
      aria-controls={WHY_ID}
      aria-keyshortcuts="y"
      onClick={() => showWhy(!isWhyShown)}
    >
      <IconChevronDown size={14} aria-hidden /> Why then?
      <kbd>y</kbd>
    </button>
  )
}
