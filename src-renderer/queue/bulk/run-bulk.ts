import { create } from 'zustand'
import type { BulkAction, BulkDraft } from '#shared/queue/bulk-action'
import { type BulkPlan, type BulkStep, bulkPlan, undoCommands } from '#shared/queue/bulk-plan'
import type { QueueRow } from '#shared/queue/row'
import { ticketOfRow } from '#shared/queue/row-ticket'
import { decide } from '#shared/tickets/decide'
import type { DeskStore } from '../../store/desk-store'
import { problemOf } from '../../ui/problem-text'
import { toast } from '../../ui/screen-state'
import { doneInWords } from './bulk-kinds'

type Running = {
  /** How far a change of many tickets is; undefined while none is on its way. */
  readonly progress: { readonly done: number; readonly total: number } | undefined
  /** What takes back the last change that can be taken back. */
  readonly undo: { readonly said: string; readonly commands: readonly BulkDraft[] } | undefined
}

export const useBulkRun = create<Running>(() => ({ progress: undefined, undo: undefined }))
const { setState, getState } = useBulkRun

/** What an action would do to these tickets, as far as this desk can tell. */
export function planFor(desk: DeskStore, action: BulkAction, rows: readonly QueueRow[]): BulkPlan {
  const now = desk.now()
  return bulkPlan({
    ...{ action, rows, actor: desk.me, now },
    decide: (command, row) =>
      decide({ ...command, id: row.id, at: now, baseVersion: row.version }, ticketOfRow(row), desk.me, now),
    names: {
      agent: (id) => desk.agent(id)?.name ?? id,
      ticket: (id) => desk.rows.get(id)?.number ?? id,
    },
  })
}

/**
 * Gives the commands of a plan, then says what was done, what was not and why, and offers the one undo.
 * @param words what to say when all of it was done
 */
export async function runPlan(
  desk: DeskStore,
  action: BulkAction,
  plan: BulkPlan,
  words?: string,
): Promise<void> {
  const done: BulkStep[] = []
  const refused: string[] = []
  await inTurn(plan.steps, async (step) => {
    try {
      await desk.run(step.command)
      done.push(step)
    } catch (problem) {
      refused.push(problemOf(problem).message)
    }
  })
  if (refused.length > 0) {
    const rest = refused.length > 1 ? ` (and ${refused.length - 1} more)` : ''
    toast(`Not done: ${refused[0]}${rest}`, 'problem')
  }
  if (done.length === 0) return
  const said = words ?? doneInWords(action, done.length, desk)
  const commands = undoCommands(done)
  setState({ undo: commands.length > 0 ? { said, commands } : undefined })
  if (commands.length > 0) toast(said, 'info', { label: 'Undo (z)', run: () => void undoLast(desk) })
  else toast(said)
}

/** Takes back the last change that the queue made, all of it at once. */
export async function undoLast(desk: DeskStore): Promise<void> {
  const { undo } = getState()
  if (!undo) {
    toast('There is nothing to undo')
    return
  }
  setState({ undo: undefined })
  const refused: string[] = []
  await inTurn(undo.commands, async (command) => {
    try {
      await desk.run(command)
    } catch (problem) {
      refused.push(problemOf(problem).message)
    }
  })
  if (refused.length > 0) {
    toast(`Not all could be undone: ${refused[0]}`, 'problem')
  } else toast(`Undone: ${undo.said}`)
}

/** Forgets what could be undone: another person sits here now. */
export function forgetUndo(): void {
  setState({ progress: undefined, undo: undefined })
}

/** One after the other, so that the order of the commands is that of the list; says how far it is. */
async function inTurn<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  const total = items.length
  for (const [done, item] of items.entries()) {
    if (total > 1) setState({ progress: { done, total } })
    await each(item)
  }
  setState({ progress: undefined })
}
