import { isTicketCommand, targetKey } from '#shared/commands/command'
import { typedText } from '#shared/tickets/seen'
import type { Taken } from '../simulator/portal'
import type { StoryDesk } from './desk'
import type { Tracked } from './outbox-watch'
import { Violation } from './violation'

/** What the portal did, by the id it was asked under. */
export type Effects = ReadonlyMap<string, Taken>

export function effectsOf(taken: readonly Taken[]): Effects {
  return new Map(taken.map((one) => [one.command.id, one]))
}

/** I1, I2, I6: what became of each thing that somebody did. */
export function judgeCommands(desk: StoryDesk, effects: Effects): void {
  const { outbox, computer } = desk
  for (const { draft, open, stored, problems, entries } of outbox.asked) {
    const what = `${computer.name}'s ${JSON.stringify(draft)}`
    const times = `asked for ${open + stored + problems.length} times, said to be stored ${stored}`
    if (entries.length < stored)
      throw new Violation('I1', `${what} was ${times}, and is ${entries.length} times`)
    if (entries.length > stored + open) {
      throw new Violation(
        'I2',
        `${what} was ${times}, and is ${entries.length} times (${problems.map(String)})`,
      )
    }
  }
  for (const tracked of outbox.tracked) judgeOne(desk, tracked, effects)
}

function judgeOne(desk: StoryDesk, tracked: Tracked, effects: Effects): void {
  const { first, now, attempts, isDiscarded, states } = tracked
  const what = `${desk.computer.name}'s ${JSON.stringify(first.command)} (${states.join(' → ')}${now ? '' : ' → gone'})`
  const took = [...attempts].filter((id) => effects.has(id))
  if (took.length > 1) throw new Violation('I2', `${what} took effect ${took.length} times`)
  if (took.length === 1) {
    if (now?.state.kind === 'parked' && !now.state.unjudged) {
      throw new Violation('I2', `${what} took effect and waits for the person to do it again`)
    }
    return
  }
  if (now?.state.kind === 'parked' || isDiscarded || desk.lostByPortal.has(tracked.id)) return
  // What others had done already needs no doing; nothing of it may have been typed.
  const typed = isTicketCommand(first.command) ? typedText(first.command) : first.command
  if (states.includes('applied') && typed === undefined) return
  throw new Violation(states.includes('parked') ? 'I6' : 'I1', `${what} never took effect`)
}

/** I3: in the portal, each ticket saw what this desk did to it in the order in which it was done. */
export function judgeOrder(desk: StoryDesk, effects: Effects): void {
  if (desk.wasSetBack) return
  const last = new Map<string, { version: number; what: string }>()
  for (const { first, states, attempts } of desk.outbox.tracked) {
    if (states.includes('parked')) continue
    const took = [...attempts].flatMap((id) => effects.get(id) ?? [])[0]
    if (!took) continue
    const key = targetKey(first.command)
    const before = last.get(key)
    const what = JSON.stringify(first.command)
    if (before && before.version > took.version) {
      throw new Violation(
        'I3',
        `${desk.computer.name} did ${before.what} before ${what}, the portal after it`,
      )
    }
    last.set(key, { version: took.version, what })
  }
}
