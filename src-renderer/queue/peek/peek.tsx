import { IconX } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { parseFilter } from '#shared/queue/filter'
import { textsOf } from '#shared/queue/filter-match'
import { nextSteps } from '#shared/queue/next-step'
import { Age } from '../../ui/age'
import { focusHome } from '../../ui/focus-home'
import { PlanBadge, PriorityMark, StatusMark } from '../../ui/marks'
import { openTicket, showPeek, useScreen } from '../../ui/screen-state'
import { Scrollable } from '../../ui/scrollable'
import { TargetClock } from '../../ui/target-clock'
import { useClock } from '../../ui/use-clock'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './peek.module.css'
import { excerptOf, lastSaid, type Said } from './said'

/** So long a row has to be at the cursor before its messages are read: whoever runs down the list reads none. */
const PAUSE_MS = 90
const SHOWN = 3

/** What the selected ticket is about, beneath the list: targets, what comes next, the last messages. Nothing is opened. */
export function Peek() {
  const selectedId = useSettled(useScreen((state) => state.selectedId))
  return (
    <aside className={styles.peek} aria-label="Preview">
      {selectedId === undefined ? (
        <p className={styles.nothing}>Select a ticket to see what it is about.</p>
      ) : (
        <PeekOf key={selectedId} ticketId={selectedId} />
      )}
      <button
        type="button"
        className={styles.close}
        aria-label="Close the preview"
        data-tip="Close (v)"
        onClick={() => {
          showPeek(false)
          focusHome()
        }}
      >
        <IconX size={14} aria-hidden />
      </button>
    </aside>
  )
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

function PeekOf({ ticketId }: { readonly ticketId: string }) {
  const desk = useDesk()
  const view = useLive(useMemo(() => desk.ticket(ticketId), [desk, ticketId]))
  const row = view?.row ?? desk.rows.get(ticketId)
  const timeline = useDeferredValue(view?.timeline)
  const filter = useScreen((state) => state.filter)
  const wanted = useMemo(() => textsOf(parseFilter(filter)), [filter])
  const said = useMemo(() => lastSaid(timeline ?? [], wanted, SHOWN), [timeline, wanted])
  if (!row) return <p className={styles.nothing}>This ticket is not here any more.</p>
  return (
    <>
      <header className={styles.head}>
        <PriorityMark priority={row.priority} />
        <span className={`${styles.number} digits`}>{row.number}</span>
        <h2 className={styles.subject}>{row.subject}</h2>
        <button type="button" className={styles.open} onClick={() => openTicket(ticketId)}>
          Open <kbd>Enter</kbd>
        </button>
      </header>
      <div className={styles.body}>
        <Scrollable className={styles.part} label="Facts">
          <dl className={styles.facts}>
            <dt>Customer</dt>
            <dd>
              {row.customer} <PlanBadge plan={row.plan} />
            </dd>
            <dt>Status</dt>
            <dd>
              <StatusMark status={row.status} /> {row.assignee ?? 'Unassigned'}
            </dd>
            <dt>First response</dt>
            <dd>
              <TargetClock name="firstResponse" report={row.report} />
            </dd>
            <dt>Resolution</dt>
            <dd>
              <TargetClock name="resolution" report={row.report} />
            </dd>
            <dt>Next</dt>
            <dd>
              <Steps ticketId={ticketId} />
            </dd>
          </dl>
        </Scrollable>
        <Scrollable className={styles.part} label="Last messages">
          <ol className={styles.messages} aria-label="Last messages">
            {said.map((one) => (
              <SaidText key={one.id} said={one} wanted={wanted} />
            ))}
          </ol>
        </Scrollable>
      </div>
    </>
  )
}

function Steps({ ticketId }: { readonly ticketId: string }) {
  const desk = useDesk()
  const text = useClock(
    useCallback(
      (now) => {
        const row = desk.rows.get(ticketId)
        return row && nextSteps(row, now).slice(0, 3).join('\n')
      },
      [desk, ticketId],
    ),
  )
  if (!text) return <span className={styles.quiet}>Nothing waits for us</span>
  return (
    <ul className={styles.steps}>
      {text.split('\n').map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ul>
  )
}

const KIND = {
  reply: '',
  note: 'note',
  call: 'call',
  workaround: 'workaround',
  'course-of-action': 'plan',
} as const

function SaidText({ said, wanted }: { readonly said: Said; readonly wanted: readonly string[] }) {
  const { at, author, kind, text } = said
  return (
    <li className={styles.said} data-kind={kind === 'note' ? 'note' : author.kind}>
      <span className={styles.by}>
        <strong>{author.name}</strong> {KIND[kind]} <Age at={at} ago />
      </span>
      <span className={styles.text}>
        {excerptOf(text, wanted).map((piece, place) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text in their order.
          return piece.isFound ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>
        })}
      </span>
    </li>
  )
}
