import { Button } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconSend, IconTemplate } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Macro } from '#shared/tickets/macro'
import { leftoverVariables } from '#shared/tickets/macro-fill'
import { MAX_BODY } from '#shared/tickets/message'
import type { ComposerKind, TicketView } from '../store/desk-store'
import { useActions } from '../ui/actions'
import { focusHome } from '../ui/focus-home'
import { MOD } from '../ui/mod-key'
import { problemOf } from '../ui/problem-text'
import { composerFocused, showComposer, toastProblem, useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import styles from './composer.module.css'
import { AttachButton, AttachedFiles } from './files/attach'
import { useFiles } from './files/use-files'
import { KindTab } from './kind-tab'
import { giveProposal } from './macro/give-proposal'
import { MacroDialog } from './macro/macro-dialog'
import { NOTHING_PROPOSED, proposed, stillToDo } from './macro/proposal'
import { ProposalStrip } from './macro/proposal-strip'
import { useInsert } from './macro/use-insert'
import { useProposal } from './macro/use-proposal'
import { AboveComposer } from './news/above-composer'
import { NewsDialog } from './news/news-dialog'
import { useNews } from './news/use-news'
import { Recipients } from './recipients'
import { useAutoHeight } from './use-auto-height'
import type { DraftText } from './use-draft'

type Props = {
  readonly view: TicketView
  readonly drafts: { readonly [kind in ComposerKind]: DraftText }
  /** The person typed; `hasText`: something is left in the box. */
  readonly onTyped: (hasText: boolean) => void
}

type Open = 'macros' | 'save-macro' | 'news'

/** Writes to the customer or to colleagues; the two can't be mistaken for one another, in any light. */
export function Composer(props: Props) {
  const kind = useScreen((state) => state.composer)
  return <ComposerOf {...props} kind={kind} />
}

function ComposerOf({ view, drafts, onTyped, kind }: Props & { readonly kind: ComposerKind }) {
  const desk = useDesk()
  const { ticket } = view
  const isWanted = useScreen((state) => state.composerWanted)
  const [problem, setProblem] = useState<string>()
  const [open, setOpen] = useState<Open>()
  /** Once it was in use it stays as large as it is: nothing moves under a pointer when it is left. */
  const [isBegun, setIsBegun] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  /** Two key strokes in one breath are one message, and what goes with it is done once. */
  const isDelivering = useRef(false)
  const isNextWanted = useRef(false)
  const [isNextDue, setIsNextDue] = useState(false)
  const draft = drafts[kind]
  const isReply = kind === 'reply'
  const customer = view.requester?.name ?? view.organization?.name ?? 'the customer'
  const label = isReply ? `Public reply to ${customer}` : 'Internal note, customers never see this'
  const sendLabel = isReply ? 'Send reply' : 'Add note'
  const hasText = draft.text.trim() !== ''
  const leftover = leftoverVariables(draft.text)
  const news = {
    reply: useNews(view, 'reply', drafts.reply.text.trim() !== ''),
    note: useNews(view, 'note', drafts.note.text.trim() !== ''),
  }[kind]
  const proposals = { reply: useProposal(ticket.id, 'reply'), note: useProposal(ticket.id, 'note') }
  const [proposal, setProposal] = proposals[kind]
  const files = useFiles(ticket.id, kind, setProblem)
  const insert = useInsert({ area, kind, text: draft.text, onFallback: draft.change })

  useAutoHeight(area, draft.text)
  useEffect(() => {
    if (!isWanted) return
    area.current?.focus()
    composerFocused()
  }, [isWanted])

  const openMacros = () => {
    insert.remember()
    setOpen('macros')
  }
  const showLeftover = () => {
    const after = area.current?.selectionEnd ?? 0
    const next = leftover.find(({ from }) => from >= after) ?? leftover[0]
    if (next) insert.select(next.from, next.to)
  }
  const send = () => {
    if (isDelivering.current) {
      isNextWanted.current = draft.hasNext()
      return
    }
    if (!hasText) return setProblem('Write something before sending.')
    const [first] = leftover
    if (first) {
      setProblem(`${first.text} is not filled in: write what belongs there, or remove it.`)
      insert.select(first.from, first.to)
      return
    }
    if (news.messages.length > 0) return setOpen('news')
    void deliver()
  }
  const deliver = async () => {
    setOpen(undefined)
    setProblem(undefined)
    const toDo = stillToDo(proposal, ticket)
    isDelivering.current = true
    isNextWanted.current = false
    let next: string
    try {
      next = await draft.send()
    } catch (refusal) {
      return setProblem(problemOf(refusal).message)
    } finally {
      isDelivering.current = false
    }
    setIsNextDue(isNextWanted.current)
    if (next !== '') news.begin()
    onTyped(next !== '')
    setProposal(NOTHING_PROPOSED)
    await giveProposal(desk, ticket.id, toDo).catch(toastProblem)
  }
  useEffect(() => {
    if (!isNextDue) return
    setIsNextDue(false)
    send()
  })
  const onInsert = (macro: Macro, text: string) => {
    setOpen(undefined)
    setProblem(undefined)
    const [before, propose] = proposals[macro.kind]
    propose(proposed(before, macro))
    showComposer(macro.kind)
    insert.text(macro.kind, text)
  }
  const typed = (text: string) => {
    setProblem(undefined)
    if (!hasText && text.trim() !== '') news.begin()
    if (text.trim() === '') setProposal(NOTHING_PROPOSED)
    draft.change(text)
    onTyped(text.trim() !== '')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    draft.saveNow()
    focusHome()
  }
  const choose = (next: ComposerKind) => {
    setProblem(undefined)
    showComposer(next)
    area.current?.focus()
  }
  useActions([
    {
      id: 'ticket.send',
      label: sendLabel,
      section: 'Ticket',
      keys: 'Mod+Enter',
      // From elsewhere one looks at the text first.
      run: () => (document.activeElement === area.current ? send() : area.current?.focus()),
    },
    {
      id: 'ticket.macro',
      label: 'Insert a macro',
      section: 'Ticket',
      keys: 'Mod+;',
      words: 'template canned answer snippet',
      run: openMacros,
    },
    {
      id: 'ticket.save-macro',
      label: 'Save what I wrote as a macro',
      section: 'Ticket',
      words: 'template canned answer snippet',
      run: () =>
        hasText ? setOpen('save-macro') : setProblem('Write the text first, then save it as a macro.'),
    },
  ])

  return (
    <div className={styles.place}>
      <AboveComposer ticketId={ticket.id} messages={news.messages} />
      <section
        className={styles.composer}
        data-kind={kind}
        data-begun={isBegun || undefined}
        aria-label={label}
        {...files.drop}
      >
        <div className={styles.head}>
          <div className={styles.kinds} role="tablist" aria-label="Kind of message">
            <KindTab kind="reply" shown={kind} hasDraft={drafts.reply.text !== ''} onChoose={choose} />
            <KindTab kind="note" shown={kind} hasDraft={drafts.note.text !== ''} onChoose={choose} />
          </div>
          {isReply ? (
            <Recipients view={view} />
          ) : (
            <span className={styles.label}>
              <IconLock size={12} aria-hidden />
              {label}
            </span>
          )}
          <button
            type="button"
            className={styles.tool}
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+;"
            data-tip={`Macros (${MOD} ;)`}
            onClick={openMacros}
          >
            <IconTemplate size={14} aria-hidden /> <span className={styles.toolName}>Macros</span>
          </button>
          <AttachButton files={files} className={styles.tool} />
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
          readOnly={draft.isStill}
          onChange={(event) => typed(event.currentTarget.value)}
          onFocus={() => {
            setIsBegun(true)
            insert.onFocus()
          }}
          onBlur={draft.saveNow}
          onPaste={files.onPaste}
          onKeyDown={onKeyDown}
        />
        <AttachedFiles files={files} />
        <ProposalStrip
          proposal={stillToDo(proposal, ticket)}
          onChange={(next) => {
            setProposal(next)
            area.current?.focus()
          }}
        />
        <div className={styles.foot}>
          <span className={styles.problem} role="alert">
            {problem && (
              <>
                <IconAlertTriangle size={14} aria-hidden /> {problem}
              </>
            )}
          </span>
          {leftover.length > 0 && (
            <button type="button" className={styles.leftover} onClick={showLeftover}>
              {leftover.length} to fill in
            </button>
          )}
          {draft.isSaved && !problem && <span className={styles.hint}>Draft saved</span>}
          <span className={styles.hint}>{MOD} Enter</span>
          <Button
            size="xs"
            className={styles.send}
            data-kind={kind}
            leftSection={isReply ? <IconSend size={14} aria-hidden /> : <IconLock size={14} aria-hidden />}
            onMouseDown={(event) => event.preventDefault()}
            onClick={send}
          >
            {sendLabel}
          </Button>
        </div>
      </section>
      {(open === 'macros' || open === 'save-macro') && (
        <MacroDialog
          view={view}
          kind={kind}
          typed={draft.text}
          isSaving={open === 'save-macro'}
          onInsert={onInsert}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'news' && (
        <NewsDialog
          number={ticket.number}
          messages={news.messages}
          send={sendLabel}
          onSend={() => void deliver()}
          onBack={() => {
            news.seen()
            setOpen(undefined)
          }}
        />
      )}
    </div>
  )
}
