/** What a portal's new data folder is filled with. */
export type Seeding = {
  readonly data: string
  /** Open tickets. */
  readonly tickets: number
  /**
   * Tickets of Premium+ that are harmless until somebody makes them a P1: then half of their first response (one hour)
   * is over at a time of its own, every few seconds another.
   */
  readonly sleepers: number
}

/** A ticket that crosses half of its first response at this time if it is a P1 by then. */
export type Sleeper = { readonly id: string; readonly number: string; readonly crossesAt: number }
export type Tokens = { readonly l1: string; readonly backline: string; readonly supervisor: string }
export type Seeded = { readonly tokens: Tokens; readonly sleepers: readonly Sleeper[] }

const MARK = 'seeded:'

/** The argument that `readSeeding` reads. */
export function seedingArgument(seeding: Seeding): string {
  return `${MARK}${JSON.stringify(seeding)}`
}

/** @returns undefined for any other argument */
export function readSeeding(argument: string): Seeding | undefined {
  return argument.startsWith(MARK) ? (JSON.parse(argument.slice(MARK.length)) as Seeding) : undefined
}
