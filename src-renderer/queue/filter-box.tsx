import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { type Suggestion, suggest, takeSuggestion } from '#shared/queue/filter-suggest'
import { useActions } from '../ui/actions'
import { focusHome } from '../ui/focus-home'
import { openTicket, showFilter, useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import styles from './filter-box.module.css'
import { lookEverywhere } from './queue-views'
import { vocabularyNow } from './vocabulary'

const NONE: readonly Suggestion[] = []

/**
 * Filters as one types. Arrows choose among what may be meant, Tab takes it; Enter opens the first match, with Ctrl or
 * Cmd it looks in all tickets; Escape clears, then leaves.
 */
export function FilterBox() {
  const desk = useDesk()
  const id = useId()
  const filter = useScreen((state) => state.filter)
  const input = useRef<HTMLInputElement>(null)
  /** Where one types; undefined while nothing is to be offered. */
  const [caret, setCaret] = useState<number>()
  const [chosen, setChosen] = useState(-1)
  const offers = useMemo(
    () => (caret === undefined || filter === '' ? NONE : suggest(filter, caret, vocabularyNow(desk))),
    [filter, caret, desk],
  )
  const at = Math.min(chosen, offers.length - 1)

  useActions([
    {
      id: 'queue.filter',
      label: 'Filter the queue',
      section: 'Find',
      keys: '/',
      words: 'search find text',
      run: () => input.current?.select(),
    },
  ])
  const stop = () => {
    setCaret(undefined)
    setChosen(-1)
  }
  const leave = () => {
    stop()
    input.current?.blur()
    focusHome()
  }
  const take = (offer: Suggestion) => {
    const { text, caret: next } = takeSuggestion(filter, offer)
    // After a value one goes on to the next term; after a colon to the value.
    const isWhole = next === text.length && !text.endsWith(':')
    showFilter(isWhole ? `${text} ` : text)
    const place = isWhole ? next + 1 : next
    setChosen(-1)
    setCaret(isWhole ? undefined : place)
    requestAnimationFrame(() => input.current?.setSelectionRange(place, place))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    const offer = offers[at]
    if (key === 'Escape') {
      if (offer) stop()
      else if (filter === '') leave()
      else {
        stop()
        showFilter('')
      }
    } else if (key === 'ArrowDown' && offers.length > 0) setChosen((at + 1) % offers.length)
    else if (key === 'ArrowUp' && offers.length > 0) setChosen(at <= 0 ? offers.length - 1 : at - 1)
    else if (key === 'Tab' && !event.shiftKey && offers[0]) take(offer ?? offers[0])
    else if (key === 'Enter' && (event.ctrlKey || event.metaKey)) lookEverywhere()
    else if (key === 'Enter' && offer) take(offer)
    else if (key === 'ArrowDown' || key === 'Enter') {
      leave()
      const { selectedId } = useScreen.getState()
      if (key === 'Enter' && selectedId !== undefined) openTicket(selectedId)
    } else return
    event.preventDefault()
  }
  return (
    <div className={styles.filter}>
      <IconSearch size={14} aria-hidden />
      <input
        ref={input}
        type="text"
        role="combobox"
        className={styles.input}
        aria-label="Filter tickets"
        aria-expanded={offers.length > 0}
        aria-controls={`${id}-offers`}
        aria-autocomplete="list"
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        placeholder="Filter: words, p1, due:<1h, is:breached"
        spellCheck={false}
        autoComplete="off"
        value={filter}
        onFocus={() => setTimeout(() => vocabularyNow(desk))}
        onBlur={stop}
        onChange={(event) => {
          setChosen(-1)
          setCaret(event.currentTarget.selectionStart ?? undefined)
          showFilter(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
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
      <div
        id={`${id}-offers`}
        role="listbox"
        aria-label="What may be meant"
        className={styles.offers}
        hidden={offers.length === 0}
      >
        {offers.map((offer, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: it is active, not focused.
          <div
            key={offer.text}
            id={`${id}-${position}`}
            role="option"
            aria-selected={position === at}
            className={styles.offer}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(offer)}
          >
            <span className={styles.text}>{offer.text}</span>
            <span className={styles.about}>{offer.about}</span>
            {position === Math.max(at, 0) && <kbd>Tab</kbd>}
          </div>
        ))}
      </div>
    </div>
  )
}
