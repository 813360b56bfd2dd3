import { isMac } from '../ui/mod-key'
import styles from './app.module.css'

/** Keys as they stand on the keyboard; `g m` are two in a row, `Mod+k` two at once. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keyCaps}>
      {keys.split(' ').map((stroke, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: `g g` is twice the same key in a fixed order.
        <kbd key={position}>{strokeText(stroke)}</kbd>
      ))}
    </span>
  )
}

export function strokeText(stroke: string): string {
  const isAtOnce = stroke.startsWith('Mod+')
  const key = isAtOnce ? stroke.slice('Mod+'.length) : stroke
  const name = { Escape: 'Esc', ' ': 'Space', '-': '−' }[key] ?? key
  if (!isAtOnce) return name
  const capital = name.length === 1 ? name.toUpperCase() : name
  return isMac ? `⌘ ${capital}` : `Ctrl ${capital}`
}
