import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { planLabel, targetLabel } from '#shared/queue/labels'
import { planSchema, prioritySchema, type TargetName, targetNameSchema } from '#shared/sla/policy'
import type { Calendar } from '#shared/time/calendar'
import { problemOf } from '../ui/problem-text'
import { Segments } from '../ui/segments'
import { calendarName, cityOf, dateAndTimeIn, dateText, fieldText, ownZone } from '../ui/show-time'
import { useDesk, useTicker } from '../ui/use-desk'
import { WhySteps, whyParts } from '../ui/why-steps'
import { type Answer, calculate, startOf } from './calculation'
import styles from './settings.module.css'

type StartIn = 'mine' | 'customer' | 'utc'

/** What would be due when: the same engine as everywhere, asked about a ticket that is only thought of. */
export function DeadlineCalculator() {
  const desk = useDesk()
  const ticker = useTicker()
  const policies = desk.policies()
  const calendars = desk.calendars()
  const [policyId, setPolicyId] = useState(policies[0]?.id)
  const [calendarId, setCalendarId] = useState(() => calendarNear(calendars)?.id)
  const [plan, setPlan] = useState<(typeof planSchema.options)[number]>('premium')
  const [priority, setPriority] = useState<(typeof prioritySchema.options)[number]>('P2')
  const [startIn, setStartIn] = useState<StartIn>('mine')
  const [startText, setStartText] = useState(() => fieldText(ticker.now()))
  const policy = policyId === undefined ? undefined : desk.policy(policyId)
  const calendar = calendarId === undefined ? undefined : desk.calendar(calendarId)
  const startZone = startIn === 'utc' ? 'UTC' : startIn === 'mine' ? ownZone() : (calendar?.zone ?? 'UTC')
  const result = useMemo(() => {
    if (!policy || !calendar)
      return { problem: 'The policy and the calendars of this workspace have not arrived yet.' }
    try {
      const answer = calculate({ policy, plan, priority, calendar, startText, startZone })
      return answer ? { answer } : { problem: 'Write the start as a date and a time, like 2026-07-10 16:30.' }
    } catch (problem) {
      return { problem: problemOf(problem).message }
    }
  }, [policy, calendar, plan, priority, startText, startZone])

  return (
    <>
      <form className={styles.question} onSubmit={(event) => event.preventDefault()}>
        {policies.length > 1 && (
          <Field name="Policy">
            {(id) => (
              <select
                id={id}
                className={styles.input}
                value={policyId}
                onChange={(event) => setPolicyId(event.currentTarget.value)}
              >
                {policies.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Segments
          label="Plan"
          options={planSchema.options.map((value) => ({ value, label: planLabel(value) }))}
          value={plan}
          onChange={setPlan}
        />
        <Segments
          label="Priority"
          options={prioritySchema.options.map((value) => ({ value, label: value }))}
          value={priority}
          onChange={setPriority}
        />
        <Field name="Calendar">
          {(id) => (
            <select
              id={id}
              className={styles.input}
              value={calendarId}
              onChange={(event) => setCalendarId(event.currentTarget.value)}
            >
              {calendars.map((one) => (
                <option key={one.id} value={one.id}>
                  {calendarName(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="Start">
          {(id) => (
            <input
              id={id}
              type="text"
              className={styles.input}
              placeholder="2026-07-10 16:30"
              spellCheck={false}
              autoComplete="off"
              aria-invalid={startOf(startText, startZone) === undefined}
              value={startText}
              onChange={(event) => setStartText(event.currentTarget.value)}
            />
          )}
        </Field>
        <Segments
          label="Start is on the clock of"
          options={[
            { value: 'mine', label: `Mine (${cityOf(ownZone())})` },
            { value: 'customer', label: calendar ? `Customer (${cityOf(calendar.zone)})` : 'Customer' },
            { value: 'utc', label: 'UTC' },
          ]}
          value={startIn}
          onChange={setStartIn}
        />
      </form>
      {result.answer && calendar ? (
        <Result answer={result.answer} calendar={calendar} />
      ) : (
        <p className={styles.problem} role="status">
          <IconAlertTriangle size={14} aria-hidden /> {result.problem}
        </p>
      )}
    </>
  )
}

/** The calendar of the place the agent is in, or the first one. */
function calendarNear(calendars: readonly Calendar[]): Calendar | undefined {
  return calendars.find(({ zone }) => zone === ownZone()) ?? calendars[0]
}

type FieldProps = { readonly name: string; readonly children: (id: string) => ReactNode }

function Field({ name, children }: FieldProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.fieldName}>
        {name}
      </label>
      {children(id)}
    </div>
  )
}

function Result({ answer, calendar }: { readonly answer: Answer; readonly calendar: Calendar }) {
  const { terms } = whyParts(answer.targets.resolution.why, calendar.zone)
  return (
    <>
      <div className={styles.results} aria-live="polite">
        {targetNameSchema.options.map((name) => (
          <TargetResult key={name} name={name} answer={answer} calendar={calendar} />
        ))}
      </div>
      <p className={styles.aside}>
        Starts {dateAndTimeIn(calendar.zone, answer.start)} in {cityOf(calendar.zone)}. {terms.join(' ')}
        {calendar.validThrough && ` Its holidays are known through ${dateText(calendar.validThrough)}.`}
      </p>
    </>
  )
}

type ResultProps = { readonly name: TargetName; readonly answer: Answer; readonly calendar: Calendar }

function TargetResult({ name, answer, calendar }: ResultProps) {
  const { target, why } = answer.targets[name]
  const { steps } = whyParts(why, calendar.zone)
  const elsewhere = [...new Set([ownZone(), 'UTC'])].filter((zone) => zone !== calendar.zone)
  return (
    <section className={styles.result} aria-label={targetLabel(name)}>
      <h3 className={styles.resultName}>{targetLabel(name)}</h3>
      {target.state === 'running' ? (
        <>
          <p className={`${styles.due} digits`}>
            {dateAndTimeIn(calendar.zone, target.due)}{' '}
            <span className={styles.place}>in {cityOf(calendar.zone)}</span>
          </p>
          <dl className={styles.zones}>
            {elsewhere.map((zone) => (
              <div key={zone} className={styles.zone}>
                <dt>{zone === ownZone() ? `Mine (${cityOf(zone)})` : cityOf(zone)}</dt>
                <dd className="digits">{dateAndTimeIn(zone, target.due)}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : (
        <p className={styles.due} data-none>
          No date yet
        </p>
      )}
      <h4 className={styles.whyTitle}>Why then</h4>
      <WhySteps steps={steps} />
    </section>
  )
}
