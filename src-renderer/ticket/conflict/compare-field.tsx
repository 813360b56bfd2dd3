import { useId } from 'react'
import type { TicketView } from '../../store/desk-store'
import { useDesk } from '../../ui/use-desk'
import { FieldControl } from '../command-form/field-control'
import type { Values } from '../command-form/form-values'
import type { Zones } from '../command-form/read-when'
import { differs, editStart, isText, type Pick } from './choice'
import styles from './compare.module.css'
import type { ComparedFact, ComparedField } from './comparison'
import { valueText } from './value-text'

/** What is taken or left as a whole. */
export function CompareFact({ fact }: { readonly fact: ComparedFact }) {
  return (
    <section className={styles.row} aria-label={fact.label}>
      <Name label={fact.label} saw={fact.saw} />
      <Version who="Now">{fact.theirs}</Version>
      <Version who="Mine">{fact.mine}</Version>
    </section>
  )
}

type Props = {
  readonly compared: ComparedField
  readonly pick: Pick
  readonly edits: Values
  readonly problem: string | undefined
  readonly view: TicketView
  readonly zones: Zones
  readonly onPick: (pick: Pick) => void
  readonly onEdit: (name: string, value: string) => void
}

/** One field in both versions; one of them is picked, or made anew from both. */
export function CompareField({ compared, pick, edits, problem, view, zones, onPick, onEdit }: Props) {
  const desk = useDesk()
  const group = useId()
  const { field, saw, theirs, mine } = compared
  const text = (value: string | undefined) => valueText(field, value, desk)
  if (!differs(compared)) {
    return (
      <section className={styles.row} aria-label={field.label}>
        <Name label={field.label} saw={undefined} />
        <div className={styles.same}>
          <Words text={text(mine)} /> <span className={styles.quiet}>in both</span>
        </div>
      </section>
    )
  }
  const choose = (next: Pick) => {
    if (next === 'edit' && edits[field.name] === undefined) onEdit(field.name, editStart(compared))
    onPick(next)
  }
  const option = { group, picked: pick, onPick: choose }
  return (
    <fieldset className={styles.row} aria-label={field.label}>
      <Name label={field.label} saw={saw === undefined ? undefined : text(saw)} />
      <Option {...option} value="theirs" name="Theirs" words={text(theirs)} />
      <Option {...option} value="mine" name="Mine" words={text(mine)} />
      <Option {...option} value="edit" name={isText(field) ? 'My edit of both' : 'Another'} />
      {pick === 'edit' && (
        <div className={styles.edit}>
          <FieldControl
            field={field}
            values={edits}
            problem={problem}
            view={view}
            zones={zones}
            onChange={onEdit}
          />
        </div>
      )}
      {pick !== 'edit' && problem !== undefined && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  )
}

type OptionProps = {
  readonly group: string
  readonly value: Pick
  readonly picked: Pick
  readonly name: string
  readonly words?: string
  readonly onPick: (pick: Pick) => void
}

function Option({ group, value, picked, name, words, onPick }: OptionProps) {
  return (
    <label
      className={words === undefined ? styles.own : styles.version}
      data-picked={picked === value || undefined}
    >
      <span className={styles.who}>
        <input
          type="radio"
          className={styles.radio}
          name={group}
          checked={picked === value}
          onChange={() => onPick(value)}
        />
        {name}
      </span>
      {words !== undefined && <Words text={words} />}
    </label>
  )
}

function Name({ label, saw }: { readonly label: string; readonly saw: string | undefined }) {
  return (
    <div className={styles.name}>
      <h3 className={styles.label}>{label}</h3>
      {saw !== undefined && (
        <p className={styles.saw}>
          You saw <Words text={saw} />
        </p>
      )}
    </div>
  )
}

function Version({ who, children }: { readonly who: string; readonly children: string }) {
  return (
    <div className={styles.version}>
      <span className={styles.who}>{who}</span>
      <Words text={children} />
    </div>
  )
}

function Words({ text }: { readonly text: string }) {
  return <span className={`${styles.words} digits`}>{text}</span>
}
