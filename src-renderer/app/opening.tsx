import { Logo } from '../ui/logo'
import styles from './app.module.css'

/** Shown for the moment before there is anything to show; it appears late, so that a fast start shows nothing. */
export function Opening({ text }: { readonly text: string }) {
  return (
    <div className={styles.opening} role="status">
      <Logo size={40} />
      <p>{text}</p>
    </div>
  )
}
