import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { filterProblems, parseFilter } from '#shared/queue/filter'
import { type SavedView, savedViewSchema } from '#shared/queue/saved-view'
import { Dialog } from '../ui/dialog'
import { showFilter, showView, toast, toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import type { Arrangement } from './arrangement'
import { ask } from './queue-dialog'
import { asShown, saveView } from './use-view-changes'
import styles from './view-dialog.module.css'
import { vocabularyNow } from './vocabulary'

type Props = {
  readonly shown: SavedView
  readonly arrangement: Arrangement
  /** `new`: what is on the screen, under a name of its own. */
  readonly as: 'new' | 'edited'
}

const close = () => ask(undefined)

/** Names a view, and says what it asks for and whose it is. Shared views are the supervisors' to keep. */
export function ViewDialog({ shown, arrangement, as }: Props) {
  const desk = useDesk()
  const isNew = as === 'new'
  const [first] = useState(() => (isNew ? asShown(shown, arrangement) : shown))
  const [name, setName] = useState(isNew ? '' : shown.name)
  const [query, setQuery] = useState(first.query)
  const [isShared, setIsShared] = useState(!isNew && shown.ownerId === undefined)
  const [problem, setProblem] = useState<string>()
  const mayShare = desk.me.role === 'supervisor'
  const problems = filterProblems(parseFilter(query), vocabularyNow(desk))

  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    const { ownerId: _owner, ...rest } = first
    const id = isNew ? crypto.randomUUID() : first.id
    const whose = isShared ? {} : { ownerId: isNew ? desk.me.id : (shown.ownerId ?? desk.me.id) }
    const read = savedViewSchema.safeParse({ ...rest, ...whose, id, name, query })
    if (!read.success) return setProblem(read.error.issues[0]?.message ?? 'this view can’t be saved')
    const view = read.data
    saveView(desk, view).then(() => {
      if (isNew) {
        showFilter('')
        showView(view.id, view.sort)
        toast(`Saved as “${view.name}”`)
      }
    }, toastProblem)
    close()
  }

  const title = isNew ? 'Save as a new view' : `Change “${shown.name}”`
  return (
    <Dialog title={title} label={title} onClose={close}>
      <form className={styles.form} onSubmit={onSubmit}>
        <TextInput
          data-autofocus
          autoFocus
          label="Name"
          maxLength={80}
          value={name}
          error={problem}
          onChange={(event) => {
            setProblem(undefined)
            setName(event.currentTarget.value)
          }}
        />
        <TextInput
          label="What it shows"
          description="In the language of the filter box; empty shows everything."
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          value={query}
          error={problems[0]?.message}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <p className={styles.hint}>
          {isNew
            ? 'Its order, groups and columns are those on the screen now.'
            : 'Its order, groups and columns stay as they are.'}
        </p>
        <Checkbox
          size="xs"
          label="For everybody"
          description={mayShare ? 'All colleagues see it.' : 'Only a supervisor can share a view.'}
          disabled={!mayShare}
          checked={isShared}
          onChange={(event) => setIsShared(event.currentTarget.checked)}
        />
        <div className={styles.buttons}>
          <Button size="xs" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button size="xs" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
