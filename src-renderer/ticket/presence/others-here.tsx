import { IconEye, IconPencil } from '@tabler/icons-react'
import type { Present } from '../../store/desk-store'
import { Avatar } from '../../ui/marks'
import { useDesk, useLive } from '../../ui/use-desk'
import { othersWords } from './others-words'
import styles from './presence.module.css'

const NOBODY: readonly Present[] = []
const SHOWN = 3

export function useOthers(ticketId: string): readonly Present[] {
  return useLive(useDesk().presence).get(ticketId) ?? NOBODY
}

/** Colleagues who have this ticket open, beside what one does about it; in room that is theirs anyway. */
export function OthersHere({ ticketId }: { readonly ticketId: string }) {
  const others = useOthers(ticketId)
  const words = othersWords(others)
  return (
    <span className={styles.here} role="status" aria-label={words || undefined}>
      {others.slice(0, SHOWN).map(({ agentId, name, doing }) => (
        <span
          key={agentId}
          className={styles.one}
          data-doing={doing}
          data-tip={`${name} is ${doing}`}
          aria-hidden
        >
          <Avatar name={name} />
          <span className={styles.sign}>
            {doing === 'replying' ? (
              <IconPencil size={10} stroke={2.5} />
            ) : (
              <IconEye size={10} stroke={2.5} />
            )}
          </span>
        </span>
      ))}
      {others.length > SHOWN && (
        <span className={styles.more} data-tip={words} aria-hidden>
          +{others.length - SHOWN}
        </span>
      )}
      {words && <span className="spoken">{words}</span>}
    </span>
  )
}
