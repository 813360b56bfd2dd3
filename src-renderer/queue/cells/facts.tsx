import type { QueueRow } from '#shared/queue/row'
import styles from './cells.module.css'

export function TagsCell({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return <span className={styles.quiet}>–</span>
  return (
    <span className={styles.tagList} data-tip={tags.join(', ')} data-tip-when="cut">
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}

const ESCALATION = { offered: 'Asked', accepted: 'With', returned: 'Back from' } as const

/** Whose backline was asked, and what they said. */
export function EscalationCell({ row: { escalation } }: { readonly row: QueueRow }) {
  if (!escalation) return <span className={styles.quiet}>–</span>
  return (
    <span className={styles.name} data-waiting={escalation.state === 'offered' || undefined}>
      {ESCALATION[escalation.state]} {escalation.to}
    </span>
  )
}

export function IssuesCell({ issues }: { readonly issues: readonly string[] }) {
  if (issues.length === 0) return <span className={styles.quiet}>–</span>
  const text = issues.join(', ')
  return (
    <span className={styles.name} data-tip={text} data-tip-when="cut">
      {text}
    </span>
  )
}
