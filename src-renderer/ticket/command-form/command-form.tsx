import { Button } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { TicketCommandType } from '#shared/tickets/command'
import type { TicketView } from '../../store/desk-store'
import { Dialog } from '../../ui/dialog'
import { DialogFoot } from '../../ui/dialog-foot'
import { MOD } from '../../ui/mod-key'
import { problemOf } from '../../ui/problem-text'
import { ownZone } from '../../ui/show-time'
import { useDesk } from '../../ui/use-desk'
import { checkForm } from './check-form'
import styles from './command-form.module.css'
import { FieldControl } from './field-control'
import { forms } from './fields'
import { FormEffects } from './form-effects'
import type { Values } from './form-values'
import type { Zones } from './read-when'
import { unfinished } from './unfinished'

type Props = {
  readonly view: TicketView
  readonly type: TicketCommandType
  readonly title: string
  readonly start: Values
  /** Names what is being written, so that it is there again after Escape. */
  readonly draftKey: string
  readonly save: string
  /** Gets the command's own fields in wire form; rejects with a message for the person. */
  readonly onSave: (wire: Readonly<Record<string, unknown>>) => Promise<void>
  readonly onClose: () => void
}

/** Where the cursor begins: what is to be typed, and only without any the choices. */
const TYPED = 'textarea, input:not([type=radio]):not([type=hidden])'

/** The times of a ticket's customer are shown where their wall shows other ones than mine. */
export function zonesOf({ organization }: TicketView): Zones {
  const mine = ownZone()
  return { mine, theirs: organization?.zone === mine ? undefined : organization?.zone }
}

/** One command being filled in: by its own schema and rules, and kept until it is saved. */
export function CommandForm({ view, type, title, start, draftKey, save, onSave, onClose }: Props) {
  const desk = useDesk()
  const drafts = unfinished(desk.profile)
  const [kept, setKept] = useState(() => begun(drafts.read(draftKey), start))
  const [values, setValues] = useState<Values>(() => ({ ...start, ...kept }))
  const [isAsked, setIsAsked] = useState(false)
  const [isSaving, setIsSaving] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const form = useRef<HTMLFormElement>(null)
  const zones = zonesOf(view)
  const { fields, about, isFinal } = forms[type]
  const checked = checkForm({ type, values, ticket: view.ticket, actor: desk.me, zones, now: desk.now() })
  const problems = isAsked && checked.kind === 'incomplete' ? checked : undefined

  useEffect(() => focusFirst(form.current), [])

  const change = (name: string, value: string) => {
    setRefusal(undefined)
    setValues((before) => {
      const next = { ...before, [name]: value }
      if (begun(next, start)) drafts.keep(draftKey, next)
      else drafts.drop(draftKey)
      return next
    })
  }
  const submit = async () => {
    if (isSaving) return
    setIsAsked(true)
    if (checked.kind === 'incomplete') {
      const wrong = fields.find(({ name }) => checked.byField[name] !== undefined)
      const control = form.current?.querySelector(`[data-field="${wrong?.name}"]`)
      const typed = control?.matches('input, textarea') ? control : control?.querySelector('input, textarea')
      if (typed instanceof HTMLElement) typed.focus()
      return
    }
    setIsSaving(true)
    try {
      await onSave(checked.wire)
      drafts.drop(draftKey)
      onClose()
    } catch (problem) {
      setRefusal(problemOf(problem).message)
      setIsSaving(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void submit()
  }
  const startAnew = () => {
    drafts.drop(draftKey)
    setKept(undefined)
    setValues(start)
    setIsAsked(false)
    focusFirst(form.current)
  }
  const other = refusal ?? problems?.other

  return (
    <Dialog title={title} label={title} size="wide" onClose={onClose}>
      <form
        ref={form}
        className={styles.form}
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void submit()
        }}
      >
        <div className={styles.fields}>
          {about && <p className={styles.aside}>{about}</p>}
          {kept && (
            <p className={styles.kept} role="status">
              What you had begun is here again.{' '}
              <button type="button" className={styles.anew} onClick={startAnew}>
                Start anew
              </button>
            </p>
          )}
          {fields.map((field) => (
            <FieldControl
              key={field.name}
              field={field}
              values={values}
              problem={problems?.byField[field.name]}
              view={view}
              zones={zones}
              onChange={change}
            />
          ))}
          <FormEffects type={type} values={values} view={view} zones={zones} />
        </div>
        <DialogFoot problem={other} keys={`${MOD} Enter`}>
          <Button type="submit" size="xs" className={isFinal && styles.final} loading={isSaving}>
            {save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** What was filled in, if it is anything else than what the form begins with. */
function begun(values: Values | undefined, start: Values): Values | undefined {
  const isOther = Object.entries(values ?? {}).some(([name, value]) => value !== (start[name] ?? ''))
  return isOther ? values : undefined
}

function focusFirst(form: HTMLFormElement | null): void {
  const first = form?.querySelector<HTMLElement>(TYPED) ?? form?.querySelector<HTMLElement>('input')
  first?.focus()
}
