/** What a story broke. The names are those of the invariants (see the README of the scenarios). */
export class Violation extends Error {
  override readonly name = 'Violation'
  readonly invariant: Invariant

  constructor(invariant: Invariant, what: string) {
    super(`${invariant} ${invariants[invariant]}: ${what}`)
    this.invariant = invariant
  }
}

export const invariants = {
  I1: 'nothing that was said to be stored is lost',
  I2: 'each command takes effect once',
  I3: 'what one person did to a ticket happens in its order',
  I4: 'all that is quiet is in step',
  I5: 'a position in the feed never passes what is not stored',
  I6: 'a conflict is settled or shown, and nothing of it dropped',
  I7: 'one command that fails holds up no other ticket',
  I8: 'what was done stays on the screen until the portal shows it',
  I9: 'each threshold alerts once, and none is missed',
  I10: 'after the last fault everything comes to rest, in few requests',
  I11: 'what is being typed is as it was last saved, or sent',
  crash: 'nothing fails that nobody hears of',
} as const
export type Invariant = keyof typeof invariants
