import { Button } from '@mantine/core'
import { IconDeviceFloppy, IconLock, IconPencil, IconSend } from '@tabler/icons-react'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import { statusLabel } from '#shared/queue/labels'
import type { Macro } from '#shared/tickets/macro'
import { fillMacro, leftoverVariables } from '#shared/tickets/macro-fill'
import { type MacroValues, macroValues } from '#shared/tickets/macro-variables'
import type { ComposerKind, TicketView } from '../../store/desk-store'
import { Dialog } from '../../ui/dialog'
import { DialogFoot } from '../../ui/dialog-foot'
import { Scrollable } from '../../ui/scrollable'
import { SearchList, type SearchOption } from '../../ui/search-list'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './macro.module.css'
import { MacroForm } from './macro-form'
import { withVariables } from './with-variables'

type Props = {
  readonly view: TicketView
  readonly kind: ComposerKind
  /** What stands in the composer, to be saved as a macro. */
  readonly typed: string
  readonly isSaving: boolean
  readonly onInsert: (macro: Macro, text: string) => void
  readonly onClose: () => void
}

/** What the variables are for this ticket now. */
export function useMacroValues(view: TicketView): MacroValues {
  const desk = useDesk()
  return useMemo(() => {
    const { ticket, organization, requester, row } = view
    return macroValues({ ticket, organization, requester, me: desk.me, report: row.report, now: desk.now() })
  }, [view, desk])
}

/** Finds a macro, shows what it says here, and puts it into the text; or makes one of the text. */
export function MacroDialog({ view, kind, typed, isSaving, onInsert, onClose }: Props) {
  const desk = useDesk()
  const { macros } = useLive(desk.shared)
  const values = useMacroValues(view)
  const [picked, setPicked] = useState('')
  const [editing, setEditing] = useState<Macro | undefined>(() =>
    isSaving ? newMacro(desk.me.id, kind, withVariables(typed, values)) : undefined,
  )
  const form = useRef<HTMLFormElement>(null)
  const isEditing = editing !== undefined
  useEffect(() => {
    if (!isEditing) form.current?.querySelector('input')?.focus()
  }, [isEditing])
  const options = useMemo(() => optionsOf(macros, kind, desk.me.id), [macros, kind, desk])
  const macro = macros.find(({ id }) => id === (picked || options[0]?.value))
  const filled = macro && fillMacro(macro, values)
  if (editing) {
    return (
      <MacroForm
        macro={editing}
        isNew={!macros.some(({ id }) => id === editing.id)}
        onDone={() => (isSaving ? onClose() : setEditing(undefined))}
      />
    )
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (macro && filled) onInsert(macro, filled.text)
  }
  return (
    <Dialog title="Macros" label="Macros" size="broad" onClose={onClose}>
      <form ref={form} className={styles.dialog} onSubmit={onSubmit}>
        <div className={styles.columns}>
          <SearchList
            label="Find a macro"
            options={options}
            value={macro?.id ?? ''}
            onChange={setPicked}
            placeholder="Words of its name or text"
            nothing="There is no macro yet. Write a text and save it as one."
          />
          {macro && filled ? (
            <Preview macro={macro} text={filled.text} />
          ) : (
            <div className={styles.preview} />
          )}
        </div>
        <DialogFoot
          start={
            <>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconDeviceFloppy size={14} aria-hidden />}
                disabled={typed.trim() === ''}
                onClick={() => setEditing(newMacro(desk.me.id, kind, withVariables(typed, values)))}
              >
                Save what I wrote as a macro
              </Button>
              {macro?.ownerId === desk.me.id && (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconPencil size={14} aria-hidden />}
                  onClick={() => setEditing(macro)}
                >
                  Edit
                </Button>
              )}
            </>
          }
        >
          <Button type="submit" size="xs" disabled={!macro}>
            Insert
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function newMacro(ownerId: string, kind: ComposerKind, body: string): Macro {
  return { id: crypto.randomUUID(), name: '', ownerId, kind, body }
}

/** Those for what is being written come first; nobody finds a note where a reply belongs. */
function optionsOf(macros: readonly Macro[], kind: ComposerKind, me: string): readonly SearchOption[] {
  return [...macros]
    .sort((a, b) => Number(b.kind === kind) - Number(a.kind === kind))
    .map((macro) => ({
      value: macro.id,
      label: macro.name,
      detail: macro.ownerId === me ? 'mine' : undefined,
      sign: macro.kind === 'reply' ? <IconSend size={14} aria-hidden /> : <IconLock size={14} aria-hidden />,
      words: `${macro.name} ${macro.kind} ${macro.tags?.join(' ') ?? ''} ${macro.body}`.toLowerCase(),
    }))
}

function Preview({ macro, text }: { readonly macro: Macro; readonly text: string }) {
  const left = leftoverVariables(text)
  const parts: { readonly text: string; readonly isLeft: boolean; readonly from: number }[] = []
  let end = 0
  for (const { from, to, text: written } of left) {
    parts.push({ text: text.slice(end, from), isLeft: false, from: end })
    parts.push({ text: written, isLeft: true, from })
    end = to
  }
  parts.push({ text: text.slice(end), isLeft: false, from: end })
  return (
    <section className={styles.preview} data-kind={macro.kind} aria-label="What it says here">
      <p className={styles.kind}>
        {macro.kind === 'reply' ? 'Public reply' : 'Internal note'}
        {left.length > 0 && <span className={styles.left}>{left.length} to fill in yourself</span>}
      </p>
      <Scrollable className={styles.text} label="Its text">
        {parts.map(({ text: part, isLeft, from }) =>
          isLeft ? (
            <mark key={from} className={styles.mark}>
              {part}
            </mark>
          ) : (
            part
          ),
        )}
      </Scrollable>
      {(macro.status !== undefined || (macro.tags?.length ?? 0) > 0) && (
        <p className={styles.with}>
          Proposes{' '}
          {macro.status !== undefined && (
            <>
              status <b>{statusLabel(macro.status)}</b>
            </>
          )}
          {macro.status !== undefined && macro.tags?.length ? ' and ' : ''}
          {macro.tags?.length ? (
            <>
              {macro.tags.length === 1 ? 'tag' : 'tags'} <b>{macro.tags.join(', ')}</b>
            </>
          ) : null}
        </p>
      )}
    </section>
  )
}
