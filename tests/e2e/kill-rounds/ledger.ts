import type { PortalRecord } from '../fixtures'

export type Told = {
  readonly ticketId: string
  /** As the portal's history shows it. */
  readonly line: string
  /** Cut off before the agent was told: it may have been stored or not. */
  readonly isUncertain: boolean
}

/** What somebody was told is stored, in the order of being told. */
export class Ledger {
  readonly #told: Told[] = []

  add(told: Told): void {
    this.#told.push(told)
  }

  get size(): number {
    return this.#told.filter(({ isUncertain }) => !isUncertain).length
  }

  /**
   * Compares a portal's history with what was told, ticket by ticket: everything told is there, once, in its order, and
   * nothing else is but what was uncertain. @returns what differs
   */
  differences(messages: readonly PortalRecord[], authorId: string): readonly string[] {
    const theirs = messages
      .map(({ version, value }) => ({ version, message: value as Written }))
      .filter(({ message }) => message.author.id === authorId)
      .sort((a, b) => a.version - b.version)
      .map(({ message }) => ({ ticketId: message.ticketId, line: lineOf(message) }))
    const tickets = new Set([...this.#told, ...theirs].map(({ ticketId }) => ticketId))
    return [...tickets].sort().flatMap((ticketId) =>
      differencesOf(
        this.#told.filter((one) => one.ticketId === ticketId),
        theirs.filter((one) => one.ticketId === ticketId).map(({ line }) => line),
      ).map((problem) => `${ticketId}: ${problem}`),
    )
  }
}

type Written = {
  readonly ticketId: string
  readonly type: string
  readonly author: { readonly id?: string }
  readonly body?: string
  readonly field?: string
  readonly to?: string
}

function lineOf({ type, body, field, to }: Written): string {
  return type === 'change' ? `${field}: ${to}` : `${type}: ${body}`
}

/**
 * Whether what is there can be what was told: all that is certain, in its order, and of the uncertain any part. The same
 * line may have been told twice, uncertain and certain, and be there once.
 */
function canBe(told: readonly Told[], theirs: readonly string[]): boolean {
  /** How much of what was told may be used up by now. */
  let places = withUncertain(told, new Set([0]))
  for (const line of theirs) {
    const next = [...places].filter((place) => told[place]?.line === line).map((place) => place + 1)
    places = withUncertain(told, new Set(next))
  }
  return places.has(told.length)
}

/** What is uncertain may never have been stored. */
function withUncertain(told: readonly Told[], places: Set<number>): ReadonlySet<number> {
  // A set is gone through with what is added meanwhile.
  for (const place of places) if (told[place]?.isUncertain) places.add(place + 1)
  return places
}

function differencesOf(told: readonly Told[], theirs: readonly string[]): readonly string[] {
  if (canBe(told, theirs)) return []
  const problems: string[] = []
  let at = 0
  for (const line of theirs) {
    const next = told.findIndex((one, index) => index >= at && one.line === line)
    const skipped = told.slice(at, next === -1 ? at : next).filter(({ isUncertain }) => !isUncertain)
    if (next === -1) problems.push(`there twice, or never written, or too late: ${line}`)
    else {
      for (const lost of skipped) problems.push(`lost, or too late: ${lost.line}`)
      at = next + 1
    }
  }
  for (const lost of told.slice(at)) if (!lost.isUncertain) problems.push(`lost: ${lost.line}`)
  const lines = told.map(({ line, isUncertain }) => (isUncertain ? `?${line}` : line))
  return [...problems, `told: ${lines.join(' | ')}`, `there: ${theirs.join(' | ')}`]
}
