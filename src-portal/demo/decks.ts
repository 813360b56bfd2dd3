import type { Plot } from './plot'
import { phrases } from './scenery'

/** Gives one after the other, and starts over when all have been given. */
function deck(texts: readonly string[], start = 0): () => string {
  let next = start
  return () => texts[next++ % texts.length] ?? ''
}

/**
 * The texts of a story in the order in which they are used: those of its problem first, then what fits every problem.
 * @param variant the nth opening, answer and so on tell the same variant of the problem
 */
export function decksOf({ scenario, priority, random }: Plot, variant: number) {
  const confirms = random.chance(0.6) && scenario.confirm ? scenario.confirm : random.shuffle(phrases.confirm)
  const inBetween = priority === 'P1' ? phrases.stillOn : phrases.progress
  return {
    ack: deck(scenario.ack, variant),
    info: deck(scenario.info, variant),
    update: deck([...(scenario.update ?? []), ...random.shuffle(inBetween)]),
    fix: deck(scenario.fix, variant),
    chase: deck(random.shuffle(phrases.chase)),
    impatient: deck(random.shuffle(phrases.impatient)),
    confirm: deck(confirms),
    callOut: deck(random.shuffle(phrases.callOut)),
    callIn: deck(random.shuffle(phrases.callIn)),
    findings: (scenario.paired ? scenario.findings.slice(variant, variant + 1) : scenario.findings)[
      Symbol.iterator
    ](),
  }
}
