import { IconAlertTriangle, IconGitCompare } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef } from 'react'
import { isTicketCommand } from '#shared/commands/command'
import { typedText } from '#shared/tickets/seen'
import type { ParkedCommand } from '../store/desk-store'
import { useActions } from '../ui/actions'
import { focusHome } from '../ui/focus-home'
import { useDesk } from '../ui/use-desk'
import styles from './parked.module.css'
import { ParkedActions } from './parked-actions'
import { commandWords, isClash, problemWords } from './parked-words'

type Props = { readonly parked: readonly ParkedCommand[]; readonly ticketId: string }

/** What of mine about this ticket the portal did not take, on top of everything until it is decided. */
export function NeedsYou({ parked, ticketId }: Props) {
  const bar = useRef<HTMLElement>(null)
  useActions(
    [
      {
        id: 'ticket.needs-you',
        label: 'To what needs you',
        section: 'Ticket',
        keys: 'f',
        words: 'refused conflict clash',
        run: () => bar.current?.querySelector<HTMLElement>('button')?.focus(),
      },
    ],
    parked.length > 0,
  )
  useFocusKept(parked.length, bar)
  if (parked.length === 0) return null
  const title = parked.length === 1 ? '1 needs you' : `${parked.length} need you`
  return (
    <section ref={bar} className={styles.bar} aria-label="Needs you">
      <h3 className={styles.title} role="status">
        {title} <kbd>f</kbd>
      </h3>
      <ul className={styles.list}>
        {parked.map((one) => (
          <Waiting key={one.id} parked={one} ticketId={ticketId} />
        ))}
      </ul>
    </section>
  )
}

function Waiting({ parked, ticketId }: { readonly parked: ParkedCommand; readonly ticketId: string }) {
  const desk = useDesk()
  const { command } = parked
  const words = commandWords(command, desk)
  const typed = isTicketCommand(command) ? typedText(command) : undefined
  const problem = problemWords(parked)
  return (
    <li className={styles.item}>
      {isClash(parked) ? (
        <IconGitCompare size={14} aria-hidden />
      ) : (
        <IconAlertTriangle size={14} aria-hidden />
      )}
      <p className={styles.words}>
        <span className={styles.what} data-tip={typed} data-tip-when="cut">
          <strong>{words}</strong>
          {typed && <span className={styles.typed}> “{typed}”</span>}
        </span>
        <span className={styles.problem} data-tip={problem} data-tip-when="cut">
          {problem}
        </span>
      </p>
      <ParkedActions parked={parked} ticketId={ticketId} />
    </li>
  )
}

/** Where one was decided, the keyboard goes on to the next, or back to the queue. */
function useFocusKept(count: number, bar: RefObject<HTMLElement | null>): void {
  const before = useRef(count)
  useEffect(() => {
    const isFewer = count < before.current
    before.current = count
    if (!isFewer || document.activeElement !== document.body) return
    const next = bar.current?.querySelector('button')
    if (next) next.focus()
    else focusHome()
  }, [count, bar])
}
