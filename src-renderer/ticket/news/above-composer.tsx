import { IconMessageExclamation, IconPencil } from '@tabler/icons-react'
import type { Message } from '#shared/tickets/message'
import { useDesk } from '../../ui/use-desk'
import { useOthers } from '../presence/others-here'
import { othersWords } from '../presence/others-words'
import styles from './news.module.css'
import { newsWords } from './news-words'

type Props = {
  readonly ticketId: string
  /** What happened since the text below was begun. */
  readonly messages: readonly Message[]
}

/** What a person who writes has to know at once: who else writes, and what came since they began. */
export function AboveComposer({ ticketId, messages }: Props) {
  const desk = useDesk()
  const replying = useOthers(ticketId).filter(({ doing }) => doing === 'replying')
  const last = messages.at(-1)
  const words = last && newsWords(last, (id) => desk.agent(id)?.name ?? id)
  return (
    <div className={styles.above} role="status">
      {replying.length > 0 && (
        <span className={styles.pill} data-tone="caution">
          <IconPencil size={12} aria-hidden />
          <span className={styles.pillText}>{othersWords(replying)}</span>
        </span>
      )}
      {last && words && (
        <span className={styles.pill} data-tip="You are asked about it before your text is sent">
          <IconMessageExclamation size={14} aria-hidden />
          <span className={styles.pillText}>
            {messages.length > 1 && `${messages.length} new: `}
            <b>{last.author.name}</b> {words.did} since you began
          </span>
        </span>
      )}
    </div>
  )
}
