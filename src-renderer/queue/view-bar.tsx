import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { filterChips, parseFilter } from '#shared/queue/filter'
import type { SavedView } from '#shared/queue/saved-view'
import { showFilter, useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { isEverything, lookEverywhere } from './queue-views'
import styles from './toolbar.module.css'
import { vocabularyNow } from './vocabulary'

type Props = {
  readonly shown: SavedView
  /** Tickets in the view. */
  readonly size: number
  /** 0 to 1: how many messages were looked through. */
  readonly searched: number
}

/** What the list asks for: the view's own terms, then those of the filter box, which can be taken away one by one. */
export const Chips = memo(function Chips({ shown, size, searched }: Props) {
  const desk = useDesk()
  const filter = useScreen((state) => state.filter)
  const own = useMemo(() => filterChips(parseFilter(shown.query)), [shown.query])
  const typed = useMemo(
    () => (filter === '' ? [] : filterChips(parseFilter(filter), vocabularyNow(desk))),
    [filter, desk],
  )
  const problem = typed.flatMap(({ problems }) => problems)[0]
  return (
    <div className={styles.asks}>
      {/* biome-ignore lint/a11y/useSemanticElements: a list of what is asked for, in one line. */}
      <div className={styles.chips} role="group" aria-label="What the list asks for">
        {own.map(({ text }) => (
          <span key={`own ${text}`} className={styles.chip} data-own>
            {text}
          </span>
        ))}
        {typed.map(({ text, problems, remove }) => (
          <button
            key={text}
            type="button"
            className={styles.chip}
            data-problem={problems.length > 0 || undefined}
            data-tip={problems[0]}
            aria-label={`Take away ${text}`}
            onClick={() => showFilter(remove())}
          >
            {problems.length > 0 && <IconAlertTriangle size={12} aria-hidden />}
            {text}
            <IconX size={12} aria-hidden />
          </button>
        ))}
      </div>
      <span
        className={styles.results}
        role="status"
        data-tone={problem ? 'caution' : undefined}
        data-tip={problem}
        data-tip-when="cut"
      >
        {problem ?? (filter !== '' && <Matches size={size} searched={searched} />)}
      </span>
      {filter !== '' && !isEverything(shown) && (
        <button type="button" className={styles.quietButton} onClick={lookEverywhere}>
          In all tickets
        </button>
      )}
    </div>
  )
})

function Matches({ size, searched }: { readonly size: number; readonly searched: number }) {
  return (
    <>
      <span className="digits">{size.toLocaleString('en')}</span> {size === 1 ? 'match' : 'matches'}
      {searched < 1 && (
        <>
          , messages <span className="digits">{Math.floor(searched * 100)} %</span> searched
        </>
      )}
    </>
  )
}
