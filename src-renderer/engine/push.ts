import { assertNever } from '#shared/assert-never'
import { commandSchema, targetKey } from '#shared/commands/command'
import { type CommandResult, commandResultsSchema } from '#shared/portal/calls'
import { decodeRecord } from '#shared/portal/records'
import { afterRefusal, afterResult } from '#shared/sync/after-result'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { batches, nextSendable } from '#shared/sync/send-order'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import { attachmentsOf } from '../store/files'
import type { Journal } from '../store/journal'
import type { World } from '../store/world'
import type { Failure, PortalClient } from './portal-client'
import { SendWaits } from './send-waits'
import { uploadFiles } from './upload'

/** Requests on their way at once: one that hangs leaves room for others. While all of them fail it is one. */
const REQUESTS_AT_ONCE = 4

export type PushInput = {
  readonly client: PortalClient
  readonly journal: Journal
  readonly world: World
  readonly me: Agent
  /** Corrected time. */
  readonly now: () => Instant
  /** Entries changed. `applied`: something is new on the portal. */
  readonly onAnswered: (changed: readonly OutboxEntry[], applied: boolean) => void
  /** The portal took a file of a command that goes next. */
  readonly onStored: () => void
  /** Why the portal did not answer for what waits, the last time it was asked; undefined when nothing waits for that. */
  readonly onHeld: (problem: string | undefined) => void
  readonly onUnauthorised: () => void
  /** Something that isn't the portal's doing, such as a full disk. */
  readonly onError: (error: unknown) => void
  /** A request ended: look what may be sent now. */
  readonly wake: () => void
}

export type Push = {
  /** Starts whatever may be sent. @returns ms until something waiting may go, if anything waits */
  round(): Promise<number | undefined>
  /** Cuts all waits short: online again, woken up, or asked by the person. */
  hurry(): void
  /** Resolves when no request is on its way. */
  idle(): Promise<void>
}

/** Sends the outbox. What is on its way is remembered here only: it is never stored (portal.md §2). */
export function createPush(input: PushInput): Push {
  const { client, journal, world, me, now, onAnswered, onHeld, onUnauthorised, onError, wake } = input
  const inFlight = new Set<string>()
  const waits = new SendWaits()
  const alone = new Set<string>()
  const requests = new Set<Promise<void>>()
  /** Why each was not answered for, the last one last. */
  const held = new Map<string, string>()
  let lastRoundAt = 0

  const hold = (batch: readonly OutboxEntry[], problem: string): void => {
    for (const { id } of batch) {
      held.delete(id)
      held.set(id, problem)
    }
    onHeld(problem)
  }
  const release = (isOver: (id: string) => boolean): void => {
    for (const id of [...held.keys()]) if (isOver(id)) held.delete(id)
    onHeld([...held.values()].at(-1))
  }

  /** Stores what an answer does to the outbox, on the entries as they are now. */
  const land = async (entryId: string, result: CommandResult): Promise<readonly OutboxEntry[]> => {
    const current = readCurrent(result)
    return journal.change(async (transaction) => {
      const all = await transaction.db.outbox.orderBy('seq').toArray()
      const entry = all.find(({ id }) => id === entryId)
      if (!entry) return []
      const siblings = all.filter(({ command }) => targetKey(command) === targetKey(entry.command))
      const changed = afterResult({
        entry,
        siblings,
        result,
        current,
        actor: me,
        now: now(),
        newId: world.uuid(),
      })
      for (const next of changed) await transaction.putEntry(next)
      return changed
    })
  }

  const park = (entry: OutboxEntry, code: string, message: string): Promise<readonly OutboxEntry[]> =>
    journal.change(async (transaction) => {
      const stored = await transaction.db.outbox.get(entry.id)
      if (stored?.state.kind !== 'queued' || stored.command.id !== entry.command.id) return []
      const parked = afterRefusal(stored, code, message)
      await transaction.putEntry(parked)
      return [parked]
    })

  const wait = (batch: readonly OutboxEntry[], retryAfterMs?: number): void => {
    const ids = batch.map(({ id }) => id)
    waits.failed(ids, { at: world.now(), random: () => world.random(), retryAfterMs })
  }

  const onFailure = async (batch: readonly OutboxEntry[], failure: Failure): Promise<void> => {
    switch (failure.kind) {
      case 'stopped':
        return
      case 'unauthorised':
        wait(batch)
        hold(batch, 'the portal refuses this sign-in for commands (401)')
        onUnauthorised()
        return
      case 'refused':
        // Which of them it was is found by sending each alone.
        if (batch.length > 1) for (const { id } of batch) alone.add(id)
        for (const entry of batch.length > 1 ? [] : batch) {
          onAnswered(await park(entry, failure.code, failure.message), false)
        }
        return
      case 'gone':
        wait(batch)
        return
      case 'offline':
        // One of them may be what the portal chokes on.
        if ((failure.answered || failure.tooMuch) && batch.length > 1)
          for (const { id } of batch) alone.add(id)
        wait(batch, failure.retryAfterMs)
        hold(batch, failure.message)
        return
      default:
        assertNever(failure, 'failure')
    }
  }

  /** Stores what goes with these. @returns whether the commands may go now */
  const upload = async (batch: readonly OutboxEntry[]): Promise<boolean> => {
    for (const entry of batch.filter(hasFiles)) {
      const uploaded = await uploadFiles({ client, journal, now, onStored: input.onStored }, entry)
      if (uploaded.kind === 'done') continue
      if (uploaded.kind === 'lost') onAnswered(await park(entry, 'file-lost', uploaded.problem), false)
      else await onFailure(batch, uploaded.failure)
      return false
    }
    return true
  }

  const send = async (batch: readonly OutboxEntry[]): Promise<void> => {
    if (!(await upload(batch))) return
    const commands = batch.map(({ command }) => commandSchema.encode(command))
    const answer = await client.post('/commands', { commands }, commandResultsSchema)
    if (!answer.ok) {
      await onFailure(batch, answer.failure)
      return
    }
    const results = new Map(answer.value.results.map((result) => [result.id, result]))
    const changed: OutboxEntry[] = []
    for (const entry of batch) {
      const result = results.get(entry.command.id)
      if (result) changed.push(...(await land(entry.id, result)))
    }
    const answered = batch.filter(({ command }) => results.has(command.id))
    for (const { id } of answered) alone.delete(id)
    if (answered.length > 0 && waits.succeeded(answered.map(({ id }) => id))) alone.clear()
    // What became of the others the portal didn't say, so they are sent again under the same id.
    if (answered.length < batch.length) wait(batch.filter((entry) => !answered.includes(entry)))
    onAnswered(
      changed,
      changed.some(({ state }) => state.kind === 'applied'),
    )
  }

  const start = (batch: readonly OutboxEntry[]): void => {
    for (const { id } of batch) inFlight.add(id)
    const request = send(batch)
      .catch((error: unknown) => {
        // The portal may have them; what can't be stored here is not asked for again at once.
        wait(batch)
        onError(error)
      })
      .finally(() => {
        for (const { id } of batch) inFlight.delete(id)
        requests.delete(request)
        wake()
      })
    requests.add(request)
  }

  return {
    async round() {
      const entries = await journal.db.outbox.orderBy('seq').toArray()
      const waiting = new Set(entries.filter(({ state }) => state.kind === 'queued').map(({ id }) => id))
      release((id) => !waiting.has(id))
      const at = world.now()
      // The desk's clock was set back: what waited for an instant would wait too long.
      if (at < lastRoundAt) waits.clear()
      lastRoundAt = at
      const sendable = nextSendable(entries, { inFlight, notBefore: waits.notBefore() }, at)
      // Files take their time: what goes with some holds up nothing else.
      const apart = new Set([...alone, ...sendable.entries.filter(hasFiles).map(({ id }) => id)])
      for (const batch of batches(waits.inTurn(sendable.entries), apart)) {
        const isProbe = waits.isOutage && batch.every(({ id }) => waits.hasFailed(id))
        if (requests.size < (isProbe ? 1 : REQUESTS_AT_ONCE)) start(batch)
      }
      return sendable.nextAt === undefined ? undefined : sendable.nextAt - at
    },
    hurry() {
      waits.clear()
      alone.clear()
    },
    async idle() {
      while (requests.size > 0) await Promise.allSettled([...requests])
    },
  }
}

function hasFiles({ command }: OutboxEntry): boolean {
  return attachmentsOf(command).length > 0
}

function readCurrent(result: CommandResult): { ticket: Ticket; version: number } | undefined {
  if (result.outcome !== 'conflict') return undefined
  const read = decodeRecord(result.current)
  if (!('record' in read) || read.record.kind !== 'ticket' || !read.record.value) return undefined
  return { ticket: read.record.value, version: read.record.version }
}
