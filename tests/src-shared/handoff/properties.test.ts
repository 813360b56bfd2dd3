import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { handoffAlerts } from '#shared/handoff/alerts'
import { type Handoff, handoffSchema, itemOf, takeOverAt } from '#shared/handoff/handoff'
import { ownerAt } from '#shared/handoff/owner'
import { isCritical } from '#shared/handoff/reasons'
import type { Override } from '#shared/shifts/rota'
import { isOpen, type Ticket } from '#shared/tickets/ticket'
import {
  accept,
  answer,
  ask,
  aTicket,
  edit,
  giveBack,
  type Name,
  none,
  offer,
  open,
  theRota,
  type What,
  World,
  withdraw,
  word,
} from './world'

const MINUTE = 60_000
const TICKETS = ['t1', 't2', 't3', 't4']

const anyTicketId = fc.constantFrom(...TICKETS)
const anyWhat: fc.Arbitrary<What> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom<What>(open, offer, withdraw, none('promises'), none('knownNoise')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(anyTicketId, fc.constantFrom(edit, ask, answer)).map(([id, make]) => make(id)),
  },
  { weight: 3, arbitrary: anyTicketId.map((id) => accept(id)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyTicketId, fc.constantFrom('ana', 'dan', 'kim'))
      .map(([id, to]) => giveBack(id, to)),
  },
  { weight: 1, arbitrary: anyTicketId.map((ticketId): What => ({ type: 'remove-handoff-item', ticketId })) },
  {
    weight: 1,
    arbitrary: anyTicketId.map((ticketId): What => ({ type: 'add-handoff-item', ticketId, content: {} })),
  },
)
const anyStep = fc.record({
  who: fc.constantFrom<Name>('ana', 'ben', 'fiona', 'cleo', 'dan', 'mark', 'kim'),
  what: anyWhat,
  /** How many versions ago its author looked. */
  behind: fc.constantFrom(0, 0, 0, 2, 4, 40),
  passesMs: fc.constantFrom(0, MINUTE, 10 * MINUTE, 40 * MINUTE),
})
type Step = { who: Name; what: What; behind: number; passesMs: number }

/** Most start from a hand-off that is offered, so that the receiving side has something to do. */
const anyStart = fc.constantFrom('nothing', 'draft', 'offered', 'offered', 'offered')
const anyPriorities = fc.tuple(
  ...TICKETS.map(() => fc.constantFrom<Ticket['priority']>('P1', 'P1', 'P2', 'P3')),
)

function begin(start: string, priorities: readonly Ticket['priority'][], unassigned: boolean): World {
  const world = new World(
    TICKETS.map((id, i) =>
      aTicket(id, {
        priority: priorities[i] ?? 'P1',
        assigneeId: unassigned && i === 0 ? undefined : i % 2 === 0 ? 'ana' : 'ben',
      }),
    ),
  )
  if (start === 'nothing') return world
  world.must('ana', open)
  if (start === 'draft') return world
  for (const { ticketId } of world.it.items) world.must('ana', edit(ticketId))
  return world.must('ben', none('promises')).must('ben', none('knownNoise')).must('ben', offer)
}

/** Plays the steps, and tells after each what it was, what was said to it, and what it was before. */
function play(
  world: World,
  steps: readonly Step[],
  after: (step: Step, said: string, before: Before, world: World) => void,
): void {
  for (const step of steps) {
    world.now += step.passesMs
    const before = { handoff: world.handoff, tickets: new Map(world.tickets), owners: ownersOf(world) }
    const decision = world.run(step.who, step.what, { baseVersion: Math.max(0, world.version - step.behind) })
    after(step, word(decision), before, world)
  }
}
type Before = {
  readonly handoff: Handoff | undefined
  readonly tickets: ReadonlyMap<string, Ticket>
  readonly owners: ReadonlyMap<string, string>
}

const leave = (agentId: string): Override => ({
  id: agentId,
  kind: 'leave',
  shift: { region: 'AMER', date: '2026-07-10', starts: '14:00' },
  agentId,
  reason: 'ill',
  byId: 'mark',
  at: 0,
})

/** Who owns what at this moment, of all open P1 and P2 of the hand-off. */
function ownersOf(world: World): ReadonlyMap<string, string> {
  const { handoff, rota, now } = world
  const owners = new Map<string, string>()
  for (const item of handoff?.items ?? []) {
    const ticket = world.tickets.get(item.ticketId)
    if (handoff && isCritical(ticket))
      owners.set(item.ticketId, ownerAt({ handoff, item, ticket, rota, at: now }))
  }
  return owners
}

const game = (check: (step: Step, said: string, before: Before, world: World) => void, numRuns = 150) =>
  fc.assert(
    fc.property(
      anyStart,
      anyPriorities,
      fc.boolean(),
      fc.array(anyStep, { minLength: 1, maxLength: 40 }),
      (start, priorities, unassigned, steps) => play(begin(start, priorities, unassigned), steps, check),
    ),
    { numRuns },
  )

const takes = ({ what }: Step, said: string) => what.type === 'accept-handoff-item' && said === 'apply'

describe('whatever people do with a hand-off, in any order, having seen whatever', () => {
  test('every open P1 and P2 of it has one owner, who exists', () => {
    game((_step, _said, _before, world) => {
      for (const ticket of world.context.openTickets()) {
        const item = world.handoff && itemOf(world.handoff, ticket.id)
        if (item === undefined || !isCritical(ticket)) continue
        const owner = ownersOf(world).get(ticket.id)
        expect(world.context.agent(owner ?? '')?.id).toBe(owner)
      }
    })
  })

  test('also while tickets are reassigned, dropped, solved and raised, and the shift falls ill', () => {
    const meddling = fc.record({
      id: anyTicketId,
      changes: fc.constantFrom<Partial<Ticket>>(
        { assigneeId: undefined },
        { assigneeId: 'kim' },
        { assigneeId: 'cleo' },
        { priority: 'P1' },
        { priority: 'P3' },
        { status: 'solved' },
        { status: 'open' },
      ),
      absent: fc.subarray(['cleo', 'dan', 'mark']),
      late: fc.boolean(),
    })
    fc.assert(
      fc.property(
        anyStart,
        anyPriorities,
        fc.array(fc.tuple(anyStep, meddling), { minLength: 1, maxLength: 30 }),
        (start, priorities, steps) => {
          const world = begin(start, priorities, true)
          for (const [step, { id, changes, absent, late }] of steps) {
            world.set(id, changes)
            world.rota = theRota(absent.map(leave), late ? ['15:00', '22:00'] : undefined)
            play(world, [step], () => {})
            const owners = ownersOf(world)
            const { handoff } = world
            if (handoff === undefined) continue
            const alerts = handoffAlerts(handoff, { ...world.context, now: handoff.from.startsAt })
            for (const { ticketId, state } of handoff.items) {
              if (!isCritical(world.tickets.get(ticketId))) continue
              const owner = owners.get(ticketId) ?? 'nobody'
              expect(owner === 'chief' || world.context.agent(owner) !== undefined).toBe(true)
              // And somebody hears of it unless somebody has said that they have it.
              const told = alerts.filter(
                (alert) => alert.ticketId === ticketId && alert.why.startsWith('unaccepted'),
              )
              expect(told.map(({ whomId }) => whomId !== '')).toEqual(
                state.kind === 'accepted' ? [] : [true, true],
              )
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('ownership moves only by an acceptance, only of its ticket, and only to whoever accepted', () => {
    game((step, said, before, world) => {
      for (const [ticketId, owner] of ownersOf(world)) {
        const moved = takes(step, said) && 'ticketId' in step.what && step.what.ticketId === ticketId
        if (moved) expect(owner).toBe(step.who)
        else expect([ticketId, owner]).toEqual([ticketId, before.owners.get(ticketId) ?? owner])
      }
      for (const [id, ticket] of world.tickets) {
        const was = before.tickets.get(id)
        if (takes(step, said) && 'ticketId' in step.what && step.what.ticketId === id)
          expect(ticket.assigneeId).toBe(step.who)
        else expect(ticket).toBe(was)
      }
    })
  })

  test('what isn’t accepted is with its sender', () => {
    game((_step, _said, _before, world) => {
      for (const { ticketId, state, senderId } of world.handoff?.items ?? []) {
        if (state.kind === 'accepted') continue
        expect(world.tickets.get(ticketId)?.assigneeId ?? senderId).toBe(senderId)
      }
    })
  })

  test('nobody takes over what somebody has taken over, but in a hand-off that was opened anew', () => {
    game((step, said, before, world) => {
      for (const item of before.handoff?.items ?? []) {
        if (item.state.kind !== 'accepted') continue
        const now = world.handoff && itemOf(world.handoff, item.ticketId)
        if (step.what.type === 'open-handoff' && said === 'apply') continue
        expect(now?.state).toEqual(item.state)
      }
    })
  })

  test('an acceptance is let through only of what is offered, or was returned, before the shift is over', () => {
    game((step, said, before, world) => {
      if (!takes(step, said) || !('ticketId' in step.what)) return
      const item = before.handoff && itemOf(before.handoff, step.what.ticketId)
      const late = before.handoff?.state === 'closed-with-returns' && item?.state.kind === 'returned'
      expect([before.handoff?.state, late]).toEqual(late ? ['closed-with-returns', true] : ['offered', false])
      expect(world.now).toBeLessThan(world.it.to.endsAt)
      expect([
        'cleo',
        'dan',
        'mark',
        'fiona',
        item?.state.kind === 'returned' ? item.state.proposedOwnerId : 'cleo',
      ]).toContain(step.who)
    })
  })

  test('everything that happened is in the log, once, and nothing leaves it', () => {
    game((step, said, before, world) => {
      const was = before.handoff?.log ?? []
      const log = world.handoff?.log ?? []
      expect(log.slice(0, was.length)).toEqual(was)
      expect(log.length).toBe(was.length + (said === 'apply' ? 1 : 0))
      if (said === 'apply') expect(log.at(-1)).toMatchObject({ what: step.what.type, byId: step.who })
      expect(log.map(({ at }) => at)).toEqual([...log.map(({ at }) => at)].sort((a, b) => a - b))
      expect(new Set(log.map(({ id }) => id)).size).toBe(log.length)
    })
  })

  test('no SLA clock moves, and no ticket gets another calendar', () => {
    game((_step, _said, before, world) => {
      for (const [id, { slaEvents, calendarId, policyId, plan, priority, status }] of world.tickets) {
        const was = before.tickets.get(id)
        expect({ slaEvents, calendarId, policyId, plan, priority, status }).toEqual({
          slaEvents: was?.slaEvents,
          calendarId: was?.calendarId,
          policyId: was?.policyId,
          plan: was?.plan,
          priority: was?.priority,
          status: was?.status,
        })
      }
    })
  })

  test('its state is what its items say, and it is offered only with every open P1 and P2 in it', () => {
    game((step, said, _before, world) => {
      const { handoff } = world
      if (handoff === undefined) return
      const kinds = handoff.items.map(({ state }) => state.kind)
      const undecided = kinds.some((kind) => kind === 'waiting' || kind === 'asked')
      if (handoff.state === 'offered') expect(undecided).toBe(true)
      if (handoff.state === 'accepted') expect(kinds.every((kind) => kind === 'accepted')).toBe(true)
      if (handoff.state === 'closed-with-returns') expect(undecided).toBe(false)
      if (step.what.type !== 'offer-handoff' || said !== 'apply') return
      for (const ticket of [...world.tickets.values()].filter((one) => isOpen(one) && isCritical(one))) {
        expect(itemOf(handoff, ticket.id)?.severity).toBeDefined()
        expect(itemOf(handoff, ticket.id)?.actions.length).toBeGreaterThan(0)
      }
    })
  })

  test('the lead and the supervisor hear of every P1 and P2 that isn’t accepted, in time, and of no other', () => {
    game((_step, _said, _before, world) => {
      const { handoff } = world
      if (handoff === undefined) return
      const alerts = handoffAlerts(handoff, { ...world.context, now: world.it.from.startsAt })
      expect(new Set(alerts.map(({ key }) => key)).size).toBe(alerts.length)
      for (const ticket of world.tickets.values()) {
        const item = itemOf(handoff, ticket.id)
        const steps = alerts
          .filter(({ ticketId, why }) => ticketId === ticket.id && why.startsWith('unaccepted'))
          .map(({ at, whomId }) => [(at - takeOverAt(handoff)) / MINUTE, whomId])
        const isOwed = isCritical(ticket) && item?.state.kind !== 'accepted'
        expect([ticket.id, steps]).toEqual([
          ticket.id,
          isOwed
            ? [
                [10, 'dan'],
                [20, 'mark'],
              ]
            : [],
        ])
      }
    }, 100)
  })

  test('it comes back from the wire as it was', () => {
    fc.assert(
      fc.property(
        anyStart,
        anyPriorities,
        fc.array(anyStep, { minLength: 1, maxLength: 40 }),
        (start, priorities, steps) => {
          const world = begin(start, priorities, true)
          play(world, steps, () => {})
          if (world.handoff === undefined) return
          const wire = JSON.parse(JSON.stringify(handoffSchema.encode(world.handoff)))
          expect(handoffSchema.decode(wire)).toEqual(world.handoff)
        },
      ),
    )
  })

  test('two who read the same and accept the same: one wins, whoever comes first', () => {
    const receivers = fc.uniqueArray(fc.constantFrom<Name>('cleo', 'dan', 'mark'), {
      minLength: 2,
      maxLength: 3,
    })
    fc.assert(
      fc.property(
        receivers,
        anyTicketId,
        fc.array(anyTicketId, { maxLength: 2 }),
        (people, ticketId, others) => {
          const world = begin('offered', ['P1', 'P2', 'P1', 'P2'], false)
          for (const other of new Set(others.filter((one) => one !== ticketId)))
            world.must('dan', accept(other))
          const baseVersion = world.version
          const said = people.map((who) => word(world.run(who, accept(ticketId), { baseVersion })))
          expect(said).toEqual(['apply', ...people.slice(1).map(() => `conflict items.${ticketId}`)])
          expect(world.tickets.get(ticketId)?.assigneeId).toBe(people[0])
        },
      ),
    )
  })
})
