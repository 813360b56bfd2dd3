import type { Command } from '#shared/commands/command'
import type { Refusal } from '#shared/tickets/decide'
import { formatInstant, type Instant } from '#shared/time/instant'

const DAY_MS = 86_400_000

/** For how long answers to commands are kept when nobody says otherwise, in days. */
export const KEPT_DAYS = 90
/** Fewer would leave no room for the clocks of desks, and for a desk that is away over the holidays. */
export const LEAST_KEPT_DAYS = 7
/** A desk's corrected clock may be off by this much; so long before its answer goes a command is no longer taken. */
const CLOCKS_MS = DAY_MS

export function keptMs(days: number): number {
  return days * DAY_MS
}

/**
 * Why a command that is not known is too old to be taken: it may have been taken before, and its answer forgotten
 * since. A desk that comes back after so long parks it, and its author looks whether it is there.
 * @param keptForMs how long answers are kept; one is given when a command is taken, which is never before `command.at`
 */
export function tooOld(command: Pick<Command, 'at'>, now: Instant, keptForMs: number): Refusal | undefined {
  if (now - command.at <= keptForMs - CLOCKS_MS) return undefined
  const days = Math.round(keptForMs / DAY_MS)
  return {
    code: 'too-old',
    message:
      `this was written on ${formatInstant(command.at).slice(0, 10)}, and what was sent is remembered for ${days} days: ` +
      'it may have arrived then. Look whether it is there before you send it again',
    field: 'at',
  }
}
