import { useMemo } from 'react'
import { toastProblem } from '../ui/screen-state'
import { linkParts } from './link-parts'
import styles from './timeline.module.css'

/** Untrusted text as text; its https links open outside, and only through main, which asks the system. */
export function LinkedText({ text }: { readonly text: string }) {
  const parts = useMemo(() => {
    let start = 0
    return linkParts(text).map((part) => {
      const key = start
      start += part.text.length
      return { ...part, key }
    })
  }, [text])
  return parts.map((part) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <a
        key={part.key}
        className={styles.link}
        href={part.text}
        rel="noreferrer"
        data-tip={`Opens in your browser: ${part.text}`}
        onClick={(event) => {
          event.preventDefault()
          window.desk.app.openExternal({ url: part.text }).catch(toastProblem)
        }}
      >
        {part.text}
      </a>
    ),
  )
}
