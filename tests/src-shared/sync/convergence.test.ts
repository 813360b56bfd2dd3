import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CommandResult } from '#shared/portal/calls'
import { afterResult } from '#shared/sync/after-result'
import { passedByFeed } from '#shared/sync/feed-passed'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { baseVersionFor, rebase } from '#shared/sync/rebase'
import { nextSendable } from '#shared/sync/send-order'
import { apply } from '#shared/tickets/apply'
import type { TicketCommand } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import { seenBy } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'
import {
  ana,
  aTicket,
  ben,
  claim,
  id,
  note,
  priority,
  reply,
  status,
  T0,
  type What,
} from '../tickets/samples'

/** One ticket, a portal that keeps the answer to every id, and my desk: lists in, lists out. */
class World {
  portal: { ticket: Ticket; version: number; bodies: string[] } = {
    ticket: aTicket(),
    version: 10,
    bodies: [],
  }
  mirror = { ticket: aTicket(), version: 10 }
  outbox: OutboxEntry[] = []
  answers = new Map<string, CommandResult>()
  made = 0

  take(command: TicketCommand, actor: Agent): CommandResult {
    const before = this.answers.get(command.id)
    if (before) return { ...before, duplicate: true }
    const { ticket, version } = this.portal
    const decision = decide(command, ticket, actor, T0)
    const result: CommandResult =
      decision.kind === 'apply'
        ? { id: command.id, outcome: 'applied', version: version + 1 }
        : decision.kind === 'conflict'
          ? {
              id: command.id,
              outcome: 'conflict',
              current: { kind: 'ticket', id: 't1', version },
              fields: [...decision.fields],
            }
          : { id: command.id, outcome: 'rejected', code: decision.code, message: decision.message }
    if (decision.kind === 'apply') {
      const next = apply({ command, ticket, actor, at: T0 + version, version: version + 1 })
      const bodies = next.messages.flatMap((message) => ('body' in message ? [message.body] : []))
      this.portal = { ticket: next.ticket, version: version + 1, bodies: [...this.portal.bodies, ...bodies] }
    }
    this.answers.set(command.id, result)
    return result
  }

  command(what: What, baseVersion: number): TicketCommand {
    this.made += 1
    return { ...what, id: id(this.made), at: T0, target: 't1', baseVersion }
  }

  seen() {
    return rebase({ ...this.mirror, entries: this.outbox, actor: ana })
  }

  /** Whether it can be done on what the desk has of the ticket. */
  canBeShown({ seq, command }: OutboxEntry): boolean {
    const entries = this.outbox.filter((entry) => entry.seq < seq)
    const { ticket } = rebase({ ...this.mirror, entries, actor: ana })
    return decide(command as TicketCommand, ticket, ana, T0).kind === 'apply'
  }

  /** The fields that a person would see flicker. */
  shown() {
    const { status, priority, assigneeId } = this.seen().ticket
    return { status, priority, assigneeId }
  }

  run(what: What): void {
    const base = baseVersionFor(what.type, this.mirror.version, this.outbox)
    const command = this.command(what, base)
    if (decide(command, this.seen().ticket, ana, T0).kind !== 'apply') return
    const seen = seenBy(command, this.seen().ticket)
    this.outbox.push({
      id: command.id,
      seq: this.made,
      command,
      seen,
      state: { kind: 'queued', conflicts: 0 },
    })
  }

  other(what: What): void {
    this.take(this.command(what, this.portal.version), ben)
  }

  /** The answer may be lost on its way: the portal took the command, the desk doesn't know. */
  send(lost: boolean): boolean {
    const [entry] = nextSendable(this.outbox, { inFlight: new Set(), notBefore: new Map() }, T0).entries
    if (!entry) return false
    const result = this.take(entry.command as TicketCommand, ana)
    if (lost) return true
    this.made += 1
    const changed = afterResult({
      entry,
      siblings: this.outbox,
      result,
      current: { ticket: this.portal.ticket, version: this.portal.version },
      actor: ana,
      now: T0,
      newId: id(this.made),
    })
    this.store(changed)
    return true
  }

  store(changed: readonly OutboxEntry[]): void {
    this.outbox = this.outbox.map((old) => changed.find(({ id: same }) => same === old.id) ?? old)
  }

  pull(): void {
    this.mirror = { ticket: this.portal.ticket, version: this.portal.version }
    const passed = new Set(passedByFeed(this.outbox, () => this.mirror.version))
    this.outbox = this.outbox.filter((entry) => !passed.has(entry))
  }
}

const whats = fc.oneof(
  fc.nat(1e6).map((n) => reply(`reply ${n}`)),
  fc.nat(1e6).map((n) => note(`note ${n}`)),
  fc.constant(claim()),
  fc
    .constantFrom('open', 'on-hold', 'waiting-on-customer', 'solved')
    .map((to) => status(to as Ticket['status'])),
  fc.constantFrom('P1', 'P2', 'P3').map((to) => priority(to as Ticket['priority'], 'because')),
)
const steps = fc.array(
  fc.oneof(
    whats.map((what) => ({ do: 'run', what }) as const),
    whats.map((what) => ({ do: 'other', what }) as const),
    fc.boolean().map((lost) => ({ do: 'send', lost }) as const),
    fc.constant({ do: 'pull' } as const),
  ),
  { maxLength: 40 },
)

test('whatever happens in whatever order: nothing lost, nothing twice, and the desk sees what the portal has', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const world = new World()
      for (const step of script) {
        if (step.do === 'run') world.run(step.what)
        else if (step.do === 'other') world.other(step.what)
        else if (step.do === 'send') {
          const before = world.shown()
          const [head] = nextSendable(world.outbox, { inFlight: new Set(), notBefore: new Map() }, T0).entries
          const wasShown = head !== undefined && world.canBeShown(head)
          const sent = world.send(step.lost)
          const after = world.outbox.find(({ id: same }) => same === head?.id)
          // An answer that says "applied" changes nothing on screen: no flicker. (Unless an earlier answer was lost and
          // the feed brought it first: then what I did on top of it waits for this answer. Or it can't be done on what
          // the desk has, as a claim of a solved ticket that was opened again at the portal.)
          if (
            sent &&
            wasShown &&
            after?.state.kind === 'applied' &&
            after.state.version > world.mirror.version
          ) {
            expect(world.shown()).toEqual(before)
          }
        } else world.pull()
      }
      const mine = new Set(world.outbox.map((entry) => entry.id))
      for (let round = 0; world.send(false); round += 1) expect(round).toBeLessThan(200)
      world.pull()

      // What is left is parked, and it was mine before: nothing vanished, nothing came from nowhere.
      expect(world.outbox.every((entry) => entry.state.kind === 'parked' && mine.has(entry.id))).toBe(true)
      expect({ ...world.seen().ticket }).toEqual(world.portal.ticket)
      const applied = [...world.answers.values()].filter((answer) => answer.outcome === 'applied')
      expect(world.portal.version).toBe(10 + applied.length)
    }),
    { numRuns: 3000 },
  )
})

test('texts arrive once each, in the order in which they were written, though every first answer is lost', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (kinds) => {
      const world = new World()
      kinds.forEach((isReply, index) => {
        world.run(isReply ? reply(`text ${index}`) : note(`text ${index}`))
      })
      while (world.send(true)) world.send(false)
      world.pull()
      expect(world.outbox).toEqual([])
      expect(world.portal.bodies).toEqual(kinds.map((_, index) => `text ${index}`))
    }),
  )
})
