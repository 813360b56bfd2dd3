import { IconSearch, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useKeys } from '../ui/keys'
import { openTicket, showFilter, useScreen } from '../ui/screen-state'
import styles from './queue.module.css'

/** Filters as one types. Enter opens the first match, Escape clears, then leaves. */
export function FilterBox() {
  const filter = useScreen((state) => state.filter)
  const input = useRef<HTMLInputElement>(null)
  useKeys({
    '/': () => input.current?.select(),
  })
  const leave = () => {
    input.current?.blur()
    document.querySelector<HTMLElement>('[role=grid]')?.focus()
  }
  return (
    <div className={styles.filter}>
      <IconSearch size={14} aria-hidden />
      <input
        ref={input}
        type="text"
        className={styles.filterInput}
        aria-label="Filter tickets"
        placeholder="Filter: words, p1, premium+, -closed"
        spellCheck={false}
        autoComplete="off"
        value={filter}
        onChange={(event) => showFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault()
            if (filter === '') leave()
            else showFilter('')
          }
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault()
            leave()
            const { selectedId } = useScreen.getState()
            if (event.key === 'Enter' && selectedId !== undefined) openTicket(selectedId)
          }
        }}
      />
      {filter === '' ? (
        <kbd className={styles.hint}>/</kbd>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear the filter"
          onClick={() => {
            showFilter('')
            input.current?.focus()
          }}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}
