import { Button, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { statusLabel } from '#shared/queue/labels'
import { type Status, statusSchema } from '#shared/sla/policy'
import type { Macro } from '#shared/tickets/macro'
import { macroProblems } from '#shared/tickets/macro-fill'
import { macroVariableNames, macroVariables } from '#shared/tickets/macro-variables'
import { Dialog } from '../../ui/dialog'
import { DialogFoot } from '../../ui/dialog-foot'
import { problemOf } from '../../ui/problem-text'
import { toast } from '../../ui/screen-state'
import { Segments } from '../../ui/segments'
import { useDesk } from '../../ui/use-desk'
import styles from './macro.module.css'

type Props = { readonly macro: Macro; readonly isNew: boolean; readonly onDone: () => void }

const KINDS = [
  { value: 'reply', label: 'Public reply' },
  { value: 'note', label: 'Internal note' },
] as const
const NO_STATUS = 'none'
/** Fields that tell of their problems themselves. */
const SHOWN: ReadonlySet<string> = new Set(['name', 'body', 'tags'])

/** A macro of one's own: its name, its text and what it proposes. */
export function MacroForm({ macro, isNew, onDone }: Props) {
  const desk = useDesk()
  const [value, setValue] = useState(macro)
  const [tags, setTags] = useState(() => macro.tags?.join(', ') ?? '')
  const [isAsked, setIsAsked] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => name.current?.focus(), [])
  const problems = macroProblems(value)
  const problemAt = (field: string) =>
    isAsked ? sentence(problems.find((one) => one.field.split('.')[0] === field)?.message) : undefined
  const title = isNew ? 'Save as a macro of mine' : `Macro “${macro.name}”`
  const change = (part: Partial<Macro>) => {
    setRefusal(undefined)
    setValue((before) => ({ ...before, ...part }))
  }
  const give = async (done: string, work: Promise<void>) => {
    try {
      await work
      toast(done)
      onDone()
    } catch (problem) {
      setRefusal(problemOf(problem).message)
    }
  }
  const save = () => {
    setIsAsked(true)
    if (problems.length > 0) return
    void give(
      `Macro “${value.name.trim()}” saved`,
      desk.run({ type: 'save-macro', target: value.id, value: { ...value, name: value.name.trim() } }),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    save()
  }
  const other =
    refusal ?? problemAt(problems.find(({ field }) => !SHOWN.has(field.split('.')[0] ?? ''))?.field ?? '')
  return (
    <Dialog title={title} label={title} size="wide" onClose={onDone}>
      <form
        className={styles.dialog}
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          save()
        }}
      >
        <div className={styles.fields}>
          <TextInput
            ref={name}
            label="Name"
            description="How you find it"
            maxLength={80}
            autoComplete="off"
            value={value.name}
            error={problemAt('name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Segments label="For" options={KINDS} value={value.kind} onChange={(kind) => change({ kind })} />
          <Textarea
            label="Text"
            description="Names of this ticket are variables already; any of those below can be written too."
            autosize
            minRows={5}
            maxRows={12}
            value={value.body}
            error={problemAt('body')}
            onChange={(event) => change({ body: event.currentTarget.value })}
          />
          <details className={styles.variables}>
            <summary>Variables</summary>
            <dl>
              {macroVariableNames.map((variable) => (
                <div key={variable}>
                  <dt>{`{{${variable}}}`}</dt>
                  <dd>{macroVariables[variable]}</dd>
                </div>
              ))}
            </dl>
          </details>
          <Segments
            label="Proposes the status"
            options={[
              { value: NO_STATUS, label: 'None' },
              ...statusSchema.options
                .filter((status) => status !== 'closed')
                .map((status) => ({ value: status, label: statusLabel(status) })),
            ]}
            value={value.status ?? NO_STATUS}
            onChange={(status) => change({ status: status === NO_STATUS ? undefined : (status as Status) })}
          />
          <TextInput
            label="Proposes the tags"
            description="Separated by commas"
            autoComplete="off"
            value={tags}
            error={problemAt('tags')}
            onChange={(event) => {
              setTags(event.currentTarget.value)
              change({ tags: tagsIn(event.currentTarget.value) })
            }}
          />
        </div>
        <DialogFoot
          problem={other}
          start={
            !isNew && (
              <Button
                size="xs"
                variant="default"
                onClick={() =>
                  void give(
                    `Macro “${macro.name}” deleted`,
                    desk.run({ type: 'delete-macro', target: macro.id }),
                  )
                }
              >
                Delete
              </Button>
            )
          }
        >
          <Button type="submit" size="xs">
            Save
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function tagsIn(text: string): string[] | undefined {
  const found = new Set(text.split(',').map((tag) => tag.trim().toLowerCase()))
  found.delete('')
  return found.size === 0 ? undefined : [...found]
}

function sentence(clause: string | undefined): string | undefined {
  return clause && `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`
}
