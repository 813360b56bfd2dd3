import { create } from 'zustand'
import { defaultSort, type Sort, type Tab } from '#shared/queue/view'
import type { TicketCommandType } from '#shared/tickets/command'
import type { ComposerKind } from '../store/desk-store'
import { problemOf } from './problem-text'

export type OpenDialog =
  | { readonly kind: 'keys' | 'settings' }
  | { readonly kind: 'status' | 'priority'; readonly ticketId: string }
  | { readonly kind: 'command'; readonly ticketId: string; readonly type: TicketCommandType }
  /** About a command of mine that was refused. */
  | { readonly kind: 'edit' | 'compare'; readonly ticketId: string; readonly commandId: string }

export type TicketPanel = 'sla' | 'customer'

export type Toast = {
  readonly id: number
  readonly tone: 'info' | 'problem'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** What is on the screen; nothing in here is about the tickets themselves. */
type ScreenState = {
  /** The view of the queue, built-in or saved. */
  readonly viewId: string
  readonly filter: string
  readonly sort: Sort
  /** Keys of the queue's groups that show their heads alone. */
  readonly folded: ReadonlySet<string>
  /** The group whose head has the cursor; then no ticket is selected. */
  readonly groupKey: string | undefined
  readonly selectedId: string | undefined
  /** Whether the person chose it; else it is just where a view begins. */
  readonly isSelectionChosen: boolean
  /** Tickets that are to be changed together. */
  readonly marked: ReadonlySet<string>
  /** Whether the queue shows what the selected ticket is about, without opening it. */
  readonly isPeekShown: boolean
  /** The ticket in the pane. */
  readonly openId: string | undefined
  readonly composer: ComposerKind
  /** A key asked for the composer: it takes the focus as soon as it is there, once. */
  readonly composerWanted: boolean
  /** Whether the ticket tells why its targets are due when they are; stays from ticket to ticket. */
  readonly isWhyShown: boolean
  /** Whether the ticket shows what it carries in full; stays from ticket to ticket. */
  readonly isCarriedShown: boolean
  /** The panel that a narrow ticket has room for, if any; stays from ticket to ticket. A wide one shows them all. */
  readonly panel: TicketPanel | undefined
  readonly dialog: OpenDialog | undefined
  readonly toasts: readonly Toast[]
}

const atStart: ScreenState = {
  viewId: 'builtin/open',
  filter: '',
  sort: defaultSort('open'),
  folded: new Set(),
  groupKey: undefined,
  selectedId: undefined,
  isSelectionChosen: false,
  marked: new Set(),
  isPeekShown: false,
  openId: undefined,
  composer: 'reply',
  composerWanted: false,
  isWhyShown: false,
  isCarriedShown: false,
  panel: 'sla',
  dialog: undefined,
  toasts: [],
}

export const useScreen = create<ScreenState>(() => atStart)

const { setState, getState } = useScreen

/** @param sort the view's own */
export function showView(viewId: string, sort: Sort): void {
  setState({
    ...{ viewId, sort, isSelectionChosen: false, groupKey: undefined },
    ...{ folded: new Set<string>(), marked: new Set<string>() },
  })
}
export function showTab(tab: Tab): void {
  showView(`builtin/${tab}`, defaultSort(tab))
}
/** While one types the first match is selected; when the filter is gone the selection stays where it was. */
export function showFilter(filter: string): void {
  setState(filter === '' ? { filter } : { filter, isSelectionChosen: false })
}
export function sortBy(sort: Sort): void {
  setState({ sort })
}
export function select(ticketId: string): void {
  const { selectedId, isSelectionChosen } = getState()
  if (selectedId !== ticketId || !isSelectionChosen)
    setState({ selectedId: ticketId, isSelectionChosen: true, groupKey: undefined })
}
export function selectGroup(groupKey: string | undefined): void {
  setState({
    groupKey,
    ...(groupKey === undefined ? {} : { selectedId: undefined, isSelectionChosen: true }),
  })
}
export function foldGroups(folded: ReadonlySet<string>): void {
  setState({ folded })
}
export function mark(marked: ReadonlySet<string>): void {
  setState({ marked })
}
export function showPeek(isPeekShown: boolean): void {
  setState({ isPeekShown })
}
/** Where a view begins, or goes on when the selected ticket has left it. */
export function selectStart(ticketId: string | undefined): void {
  const { selectedId, groupKey } = getState()
  if (selectedId !== ticketId || groupKey !== undefined)
    setState({ selectedId: ticketId, isSelectionChosen: false, groupKey: undefined })
}
export function openTicket(ticketId: string): void {
  const { openId, composer } = getState()
  setState({
    selectedId: ticketId,
    groupKey: undefined,
    isSelectionChosen: true,
    openId: ticketId,
    composer: openId === ticketId ? composer : 'reply',
  })
}
export function closeTicket(): void {
  setState({ openId: undefined })
}
export function showComposer(composer: ComposerKind): void {
  setState({ composer })
}
/** Opens the ticket with the cursor in its composer. */
export function write(ticketId: string, composer: ComposerKind): void {
  setState({
    selectedId: ticketId,
    groupKey: undefined,
    isSelectionChosen: true,
    openId: ticketId,
    composer,
    composerWanted: true,
  })
}
export function composerFocused(): void {
  setState({ composerWanted: false })
}
export function showWhy(isWhyShown: boolean): void {
  setState({ isWhyShown })
}
export function showCarried(isCarriedShown: boolean): void {
  setState({ isCarriedShown })
}
export function showPanel(panel: TicketPanel | undefined): void {
  setState({ panel })
}
export function openDialog(dialog: OpenDialog | undefined): void {
  setState({ dialog })
}

let toasts = 0
export function toast(text: string, tone: Toast['tone'] = 'info', action?: Toast['action']): void {
  toasts += 1
  const next: Toast = action ? { id: toasts, tone, text, action } : { id: toasts, tone, text }
  setState({ toasts: [...getState().toasts.filter((other) => other.text !== text), next].slice(-3) })
}
export function dropToast(id: number): void {
  setState({ toasts: getState().toasts.filter((one) => one.id !== id) })
}
/** Shows why something asked for did not happen, in the words of the rule that refused it. */
export function toastProblem(problem: unknown): void {
  toast(problemOf(problem).message, 'problem')
}

/** A new person starts with a clean screen. */
export function resetScreen(): void {
  setState(atStart, true)
}
