import { useLayoutEffect, useRef } from 'react'
import { targetFace } from '#shared/queue/countdown'
import { targetLabel } from '#shared/queue/labels'
import type { TargetName } from '#shared/sla/policy'
import type { SlaReport } from '#shared/sla/report'
import { type ClockSpan, timeLeft } from '#shared/sla/time-left'
import { useTicker } from '../ui/use-desk'
import styles from './sla-panel.module.css'
import type { SlaReading } from './sla-reading'

type Props = {
  readonly name: TargetName
  readonly report: SlaReport
  readonly span: ClockSpan | undefined
  readonly reading: SlaReading
}

/** How much of a target is used up, with the shares at which it alerts; an empty track where nothing runs. */
export function TargetMeter({ name, report, span, reading }: Props) {
  const ticker = useTicker()
  const track = useRef<HTMLDivElement>(null)
  const percent = useRef<HTMLSpanElement>(null)
  const { calendar, policy } = reading
  useLayoutEffect(() => {
    if (!span) return
    return ticker.add((now) => {
      const used = timeLeft(span, calendar, now).consumed * 100
      const whole = Math.floor(used)
      const element = track.current
      if (!element) return
      const width = `${Math.min(100, used).toFixed(1)}%`
      if (element.style.getPropertyValue('--used') !== width) element.style.setProperty('--used', width)
      if (element.getAttribute('aria-valuenow') !== String(whole)) {
        element.setAttribute('aria-valuenow', String(Math.min(100, whole)))
        element.setAttribute('aria-valuetext', `${whole} percent used`)
      }
      const face = targetFace(report[name], report.thresholdsAt[name], now)
      element.dataset.urgency = 'urgency' in face ? face.urgency : 'still'
      const text = `${whole} %`
      if (percent.current && percent.current.textContent !== text) percent.current.textContent = text
    })
  }, [ticker, span, calendar, report, name])
  if (!span) return <div className={styles.noMeter} />
  return (
    <div className={styles.meterLine}>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> can't be drawn with thresholds. */}
      <div
        ref={track}
        className={styles.meter}
        role="meter"
        aria-label={`${targetLabel(name)} used up`}
        aria-valuemin={0}
        aria-valuenow={0}
        aria-valuemax={100}
      >
        {policy.thresholds[name].map((share) => (
          <i key={share} className={styles.tick} style={{ left: `${share * 100}%` }} />
        ))}
      </div>
      <span ref={percent} className={`${styles.percent} digits`} aria-hidden="true" />
    </div>
  )
}
