import {
  IconAlertOctagonFilled,
  IconBan,
  IconCalendarQuestion,
  IconCheck,
  IconPlayerPauseFilled,
  IconX,
} from '@tabler/icons-react'
import { useLayoutEffect, useRef } from 'react'
import { assertNever } from '#shared/assert-never'
import { countdownText, spokenCountdown, type TargetFace, targetFace } from '#shared/queue/countdown'
import { targetLabel } from '#shared/queue/labels'
import type { TargetName } from '#shared/sla/policy'
import type { SlaReport } from '#shared/sla/report'
import { exactTime } from './show-time'
import styles from './target-clock.module.css'
import { useTicker } from './use-desk'

type Props = {
  readonly name: TargetName
  readonly report: SlaReport
  readonly size?: 'row' | 'large'
  /** Where both targets share a column, a letter says which one this is. */
  readonly named?: boolean
}

/** One target of a ticket: a running countdown, or the word for a clock that stands still; each with its own sign. */
export function TargetClock({ name, report, size = 'row', named = false }: Props) {
  const ticker = useTicker()
  const face = targetFace(report[name], report.thresholdsAt[name], ticker.now())
  const label = targetLabel(name)
  if (face.form !== 'running' && face.form !== 'breached') {
    return (
      <span className={styles.clock} data-form={face.form} data-size={size} data-tip={tipOf(report, name)}>
        <Sign form={face.form} />
        <span className="spoken">{label}: </span>
        <span className={styles.text}>{face.word}</span>
      </span>
    )
  }
  return (
    <Countdown
      name={name}
      report={report}
      due={face.due}
      size={size}
      named={named}
      key={`${face.due}/${report[name].state}`}
    />
  )
}

function Countdown({ name, report, due, size, named }: Required<Props> & { readonly due: number }) {
  const ticker = useTicker()
  const root = useRef<HTMLSpanElement>(null)
  const digits = useRef<HTMLSpanElement>(null)
  const spoken = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const write = (element: HTMLElement | null, text: string) => {
      if (element && element.textContent !== text) element.textContent = text
    }
    return ticker.add((now) => {
      const face = targetFace(report[name], report.thresholdsAt[name], now)
      if (face.form !== 'running' && face.form !== 'breached') return
      write(digits.current, countdownText(due, now))
      write(spoken.current, `${targetLabel(name)}: ${spokenCountdown(due, now)}`)
      if (root.current && root.current.dataset.urgency !== face.urgency) {
        root.current.dataset.form = face.form
        root.current.dataset.urgency = face.urgency
      }
    })
  }, [ticker, name, report, due])
  return (
    <span
      ref={root}
      className={styles.clock}
      data-size={size}
      data-named={named || undefined}
      data-tip={tipOf(report, name)}
    >
      <span className={styles.pie} aria-hidden="true" />
      <IconAlertOctagonFilled className={styles.over} aria-hidden="true" />
      {named && (
        <span className={styles.which} aria-hidden="true">
          {name === 'firstResponse' ? 'FR' : 'Res'}
        </span>
      )}
      <span ref={spoken} className="spoken" />
      <span ref={digits} className={`${styles.text} digits`} aria-hidden="true" />
    </span>
  )
}

function Sign({ form }: { readonly form: Exclude<TargetFace['form'], 'running' | 'breached'> }) {
  const props = { className: styles.sign, 'aria-hidden': true } as const
  switch (form) {
    case 'paused':
      return <IconPlayerPauseFilled {...props} />
    case 'awaiting-proposal':
      return <IconCalendarQuestion {...props} />
    case 'met':
      return <IconCheck {...props} stroke={2.5} />
    case 'missed':
      return <IconX {...props} stroke={2.5} />
    case 'cancelled':
      return <IconBan {...props} />
    default:
      return assertNever(form, 'form')
  }
}

/** Everything the short text leaves out, in the agent's zone. */
function tipOf(report: SlaReport, name: TargetName): string {
  const target = report[name]
  const label = targetLabel(name)
  switch (target.state) {
    case 'running':
      return `${label} due ${exactTime(target.due)}`
    case 'breached':
      return `${label} breached: was due ${exactTime(target.due)}`
    case 'paused':
      return `${label} paused while the ticket waits`
    case 'awaiting-proposal':
      return `${label} has no date until a course of action is proposed`
    case 'met':
      return `${label} met ${exactTime(target.satisfiedAt)}${target.due ? `, due ${exactTime(target.due)}` : ''}`
    case 'missed':
      return `${label} came ${exactTime(target.satisfiedAt)}, was due ${exactTime(target.due)}`
    case 'cancelled':
      return `${label} cancelled with the ticket`
    default:
      return assertNever(target, 'target state')
  }
}
