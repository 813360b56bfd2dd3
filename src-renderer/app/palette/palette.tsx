import { IconSearch, IconTicket } from '@tabler/icons-react'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { type Action, actionsOnScreen, useActions } from '../../ui/actions'
import { Dialog } from '../../ui/dialog'
import { PriorityMark, StatusIcon } from '../../ui/marks'
import { useDesk } from '../../ui/use-desk'
import { KeyCaps } from '../key-caps'
import { type Offer, offers } from './offer'
import styles from './palette.module.css'
import { readQuery } from './rank'
import { noteAction, noteTicket, recentActions, recentTickets } from './recent'
import { useTicketSearch } from './use-ticket-search'

const ID = 'window.palette'

type Props = {
  /** Goes to a ticket; the palette has closed. */
  readonly onTicket: (ticketId: string) => void
}

/** Ctrl or Cmd K: everything that can be done now, and every ticket, by a few letters. */
export function Palette({ onTicket }: Props) {
  const [actions, setActions] = useState<readonly Action[]>()
  useActions([
    {
      id: ID,
      label: 'Everything that can be done',
      section: 'Find',
      keys: 'Mod+k',
      run: () => setActions(actionsOnScreen().filter(({ id }) => id !== ID)),
    },
  ])
  if (!actions) return null
  return <PaletteDialog actions={actions} onTicket={onTicket} onClose={() => setActions(undefined)} />
}

type DialogProps = Props & { readonly actions: readonly Action[]; readonly onClose: () => void }

function PaletteDialog({ actions, onTicket, onClose }: DialogProps) {
  const { rows } = useDesk()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const query = useMemo(() => readQuery(text), [text])
  const tickets = useTicketSearch(query)
  const groups = useMemo(
    () =>
      offers({
        query,
        actions,
        tickets,
        recentActions: recentActions(),
        recentTickets: recentTickets().flatMap((ticketId) => rows.get(ticketId) ?? []),
      }),
    [query, actions, tickets, rows],
  )
  const all = groups.flatMap((group) => group.offers)
  const at = Math.min(chosen, all.length - 1)
  const spoken = useDeferredValue(all.length)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is what may have to be brought into sight.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at, groups])

  const take = (offer: Offer | undefined) => {
    if (!offer) return
    if (offer.kind === 'action') noteAction(offer.action.id)
    else noteTicket(offer.row.id)
    onClose()
    // Once the palette has given the focus back: what is done may want it.
    setTimeout(() => {
      if (offer.kind === 'action') offer.action.run()
      else onTicket(offer.row.id)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = at + step
      // One step beyond the end goes round; a page stops there.
      const isRound = Math.abs(step) === 1 && (next < 0 || next >= all.length)
      setChosen(isRound ? (next + all.length) % all.length : Math.max(0, Math.min(all.length - 1, next)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      take(all[at])
    } else if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      onClose()
    }
  }

  let position = -1
  return (
    <Dialog size="palette" title={<span className="spoken">Palette</span>} label="Palette" onClose={onClose}>
      <div className={styles.search}>
        <IconSearch size={16} aria-hidden />
        <input
          type="text"
          role="combobox"
          className={styles.input}
          aria-label="What do you want to do?"
          placeholder="An action, a view, a ticket’s number, subject or customer"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        className={styles.list}
        role="listbox"
        aria-label="What can be done"
        tabIndex={-1}
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a list of choices has groups, not field sets.
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={styles.heading} aria-hidden>
              {group.title}
            </div>
            {group.offers.map((offer) => {
              position += 1
              const mine = position
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the text box above has the keys.
                // biome-ignore lint/a11y/useFocusableInteractive: it is active, not focused.
                <div
                  key={offer.id}
                  id={`${id}-${mine}`}
                  role="option"
                  className={styles.option}
                  aria-selected={mine === at}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => setChosen(mine)}
                  onClick={() => take(offer)}
                >
                  <OfferLine offer={offer} />
                </div>
              )
            })}
          </div>
        ))}
        {all.length === 0 && <p className={styles.none}>Nothing is called “{text.trim()}”.</p>}
      </div>
      <div className="spoken" role="status">
        {text === '' ? '' : `${spoken} found`}
      </div>
    </Dialog>
  )
}

function OfferLine({ offer }: { readonly offer: Offer }) {
  if (offer.kind === 'action') {
    const { label, keys } = offer.action
    return (
      <>
        <span className={styles.text}>{label}</span>
        {keys && <KeyCaps keys={keys} />}
      </>
    )
  }
  const { row } = offer
  return (
    <>
      <IconTicket size={16} className={styles.sign} aria-hidden />
      <span className={`${styles.number} digits`}>{row.number}</span>
      <span className={styles.text}>{row.subject}</span>
      <span className={styles.detail}>{row.customer}</span>
      <PriorityMark priority={row.priority} />
      <span className={styles.status} data-open={row.isOpen || undefined}>
        <StatusIcon status={row.status} />
      </span>
    </>
  )
}
