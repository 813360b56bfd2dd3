import { TextInput } from '@mantine/core'
import { countdownText } from '#shared/queue/countdown'
import { Segments } from '../../ui/segments'
import { cityOf, dateAndTimeIn, timeIn } from '../../ui/show-time'
import styles from './command-form.module.css'
import { useSecond } from './effects-of'
import type { FieldProps } from './field-control'
import type { Field } from './fields'
import { clockOf, zoneOf } from './form-values'
import { quickTimes } from './quick-times'
import { readWhen, whenText } from './read-when'

/** A time: chosen with one click, or typed on my clock or the customer's; what it means is said below. */
export function InstantField({
  field,
  values,
  problem,
  zones,
  onChange,
}: FieldProps & { readonly field: Field & { kind: 'instant' } }) {
  const now = useSecond()
  const zone = zoneOf(field.name, values, zones)
  const text = values[field.name] ?? ''
  const at = readWhen(text, zone, now)
  const city = zones.theirs === undefined ? undefined : cityOf(zones.theirs)
  const there = zones.theirs === undefined || at === undefined ? undefined : timeIn(zones.theirs, at)
  const choose = (instant: number, inZone: string) => onChange(field.name, whenText(instant, inZone))
  return (
    <div className={styles.instant}>
      <div className={styles.instantLine}>
        <TextInput
          className={styles.instantInput}
          label={field.label}
          description={field.hint}
          placeholder="2026-07-10 16:30, 16:30 or +2h"
          spellCheck={false}
          autoComplete="off"
          required={!field.isOptional}
          withAsterisk={false}
          value={text}
          error={problem}
          data-field={field.name}
          onChange={(event) => onChange(field.name, event.currentTarget.value)}
        />
        {city !== undefined && (
          <Segments
            label="On the clock of"
            options={[
              { value: 'mine', label: `Mine (${cityOf(zones.mine)})` },
              { value: 'theirs', label: `Customer (${city})` },
            ]}
            value={zone === zones.mine ? 'mine' : 'theirs'}
            onChange={(whose) => {
              onChange(clockOf(field.name), whose)
              if (at !== undefined) choose(at, whose === 'theirs' ? (zones.theirs ?? zones.mine) : zones.mine)
            }}
          />
        )}
      </div>
      <div className={styles.quick}>
        {quickTimes(field.quick, zones.theirs ?? zones.mine, city, now).map((one) => (
          <button
            key={one.label}
            type="button"
            className={styles.quickTime}
            aria-pressed={at === one.at}
            onClick={() => choose(one.at, zone)}
          >
            {one.label}
          </button>
        ))}
      </div>
      <p className={`${styles.echo} digits`} aria-live="polite">
        {at === undefined ? (
          '\u00a0'
        ) : (
          <>
            <b>{dateAndTimeIn(zones.mine, at)}</b>
            {there !== undefined && ` here, ${there} in ${city}`}
            {at > now ? `, in ${countdownText(at, now)}` : ', which has passed'}
          </>
        )}
      </p>
    </div>
  )
}
