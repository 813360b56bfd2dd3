import { Button } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { MAX_BODY } from '#shared/tickets/message'
import type { ComposerKind } from '../store/desk-store'
import { problemOf } from '../ui/problem-text'
import { composerFocused, showComposer, useScreen } from '../ui/screen-state'
import styles from './composer.module.css'
import type { DraftText } from './use-draft'

type Props = {
  readonly customer: string
  readonly drafts: { readonly [kind in ComposerKind]: DraftText }
}

const MOD = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl'

/** Writes to the customer or to colleagues; the two can't be mistaken for one another, in any light. */
export function Composer({ customer, drafts }: Props) {
  const kind = useScreen((state) => state.composer)
  const isWanted = useScreen((state) => state.composerWanted)
  const [problem, setProblem] = useState<string>()
  const area = useRef<HTMLTextAreaElement>(null)
  const draft = drafts[kind]
  const isReply = kind === 'reply'
  const label = isReply ? `Public reply to ${customer}` : 'Internal note, customers never see this'

  useAutoHeight(area, draft.text)
  useEffect(() => {
    if (!isWanted) return
    area.current?.focus()
    composerFocused()
  }, [isWanted])

  const send = async () => {
    if (draft.text.trim() === '') return setProblem('Write something before sending.')
    if (draft.isSending) return
    setProblem(undefined)
    try {
      await draft.send()
    } catch (refusal) {
      setProblem(problemOf(refusal).message)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send()
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      draft.saveNow()
      document.querySelector<HTMLElement>('[role=grid]')?.focus()
    }
  }
  const choose = (next: ComposerKind) => {
    setProblem(undefined)
    showComposer(next)
    area.current?.focus()
  }

  return (
    <section className={styles.composer} data-kind={kind} aria-label={label}>
      <div className={styles.head}>
        <div className={styles.kinds} role="tablist" aria-label="Kind of message">
          <KindTab kind="reply" shown={kind} hasDraft={drafts.reply.text !== ''} onChoose={choose} />
          <KindTab kind="note" shown={kind} hasDraft={drafts.note.text !== ''} onChoose={choose} />
        </div>
        <span className={styles.label}>
          {!isReply && <IconLock size={12} aria-hidden />}
          {label}
        </span>
      </div>
      <textarea
        ref={area}
        className={styles.area}
        aria-label={label}
        aria-invalid={problem !== undefined}
        placeholder={isReply ? 'Write to the customer' : 'Write to your colleagues'}
        maxLength={MAX_BODY}
        rows={2}
        value={draft.text}
        readOnly={draft.isSending}
        onChange={(event) => {
          setProblem(undefined)
          draft.change(event.currentTarget.value)
        }}
        onBlur={draft.saveNow}
        onKeyDown={onKeyDown}
      />
      <div className={styles.foot}>
        <span className={styles.problem} role="alert">
          {problem && (
            <>
              <IconAlertTriangle size={14} aria-hidden /> {problem}
            </>
          )}
        </span>
        {draft.isSaved && !problem && <span className={styles.hint}>Draft saved</span>}
        <span className={styles.hint}>{MOD} Enter</span>
        <Button
          size="xs"
          className={styles.send}
          data-kind={kind}
          leftSection={isReply ? <IconSend size={14} aria-hidden /> : <IconLock size={14} aria-hidden />}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void send()}
        >
          {isReply ? 'Send reply' : 'Add note'}
        </Button>
      </div>
    </section>
  )
}

type KindTabProps = {
  readonly kind: ComposerKind
  readonly shown: ComposerKind
  readonly hasDraft: boolean
  readonly onChoose: (kind: ComposerKind) => void
}

function KindTab({ kind, shown, hasDraft, onChoose }: KindTabProps) {
  return (
    <button
      type="button"
      role="tab"
      className={styles.kind}
      data-kind={kind}
      aria-selected={kind === shown}
      onClick={() => onChoose(kind)}
    >
      {kind === 'reply' ? 'Reply' : 'Note'}
      {hasDraft && kind !== shown && (
        <span className={styles.draft} data-tip="A draft is waiting here">
          <span className="spoken">, draft waiting</span>
        </span>
      )}
    </button>
  )
}

/** Grows with the text up to the height that the style sheet allows. */
function useAutoHeight(area: { readonly current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text is what may need another height.
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + 2}px`
  }, [area, text])
}
