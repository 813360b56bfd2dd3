import { IconX } from '@tabler/icons-react'
import { statusLabel } from '#shared/queue/labels'
import { StatusIcon } from '../../ui/marks'
import { isNothing, type Proposal } from './proposal'
import styles from './proposal-strip.module.css'

type Props = { readonly proposal: Proposal; readonly onChange: (next: Proposal) => void }

/** What is done together with sending, each of it to be left out with one press. */
export function ProposalStrip({ proposal, onChange }: Props) {
  const { status, tags } = proposal
  if (isNothing(proposal)) return null
  return (
    <fieldset className={styles.strip}>
      <legend className="spoken">Done together with sending</legend>
      <span className={styles.title} aria-hidden>
        With it
      </span>
      {status !== undefined && (
        <button
          type="button"
          className={styles.chip}
          aria-label={`Status ${statusLabel(status)}, leave out`}
          onClick={() => onChange({ ...proposal, status: undefined })}
        >
          <StatusIcon status={status} /> {statusLabel(status)} <IconX size={12} aria-hidden />
        </button>
      )}
      {tags.map((tag) => (
        <button
          key={tag}
          type="button"
          className={styles.chip}
          aria-label={`Tag ${tag}, leave out`}
          onClick={() => onChange({ ...proposal, tags: tags.filter((other) => other !== tag) })}
        >
          {tag} <IconX size={12} aria-hidden />
        </button>
      ))}
    </fieldset>
  )
}
