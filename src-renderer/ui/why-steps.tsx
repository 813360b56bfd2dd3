import { shortenWhy } from '#shared/sla/shorten-why'
import { whyInWords } from '#shared/sla/why-in-words'
import type { WhyStep } from '#shared/sla/why-step'
import styles from './why-steps.module.css'

export type ToldStep = { readonly kind: WhyStep['kind']; readonly text: string }

/** The terms (policy, calendar), which are the same for every target, and the steps of this one, in words. */
export function whyParts(
  steps: readonly WhyStep[],
  zone: string,
): { readonly terms: readonly string[]; readonly steps: readonly ToldStep[] } {
  const told = shortenWhy(steps).map((step) => ({ kind: step.kind, text: inWords(step, zone) }))
  return {
    terms: told.filter(isTerm).map(({ text }) => text),
    steps: told.filter((step) => !isTerm(step)),
  }
}

function isTerm({ kind }: ToldStep): boolean {
  return kind === 'policy' || kind === 'calendar'
}

/** Seconds and less are cut off, as everywhere on the screen; what is compared is exact. */
function inWords(step: WhyStep, zone: string): string {
  return whyInWords([step], zone)
    .join(' ')
    .replace(/\b(\d\d:\d\d):\d\d(?:\.\d{3})?/g, '$1')
}

/** A day and what belongs to it, which no line ends within. */
const MOMENT = /((?:\p{Lu}\p{Ll}{2} )?\d{4}-\d\d-\d\d(?: \d\d:\d\d)?\.?)/u

/** Reasons in order, the result in bold. */
export function WhySteps({ steps }: { readonly steps: readonly ToldStep[] }) {
  return (
    <ol className={styles.steps}>
      {steps.map(({ kind, text }, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are told in order and have no name of their own.
        <li key={position} className={styles.step} data-kind={kind}>
          <Told text={text} />
        </li>
      ))}
    </ol>
  )
}

function Told({ text }: { readonly text: string }) {
  return text.split(MOMENT).map((part, position) =>
    position % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence in a fixed order.
      <span key={position} className={styles.moment}>
        {part}
      </span>
    ),
  )
}
