import { whyInWords } from '#shared/sla/why-in-words'
import type { WhyStep } from '#shared/sla/why-step'
import styles from './why-steps.module.css'

/** The terms (policy, calendar), which are the same for every target, and the steps of this one. */
export function whyParts(
  steps: readonly WhyStep[],
  zone: string,
): { readonly terms: readonly string[]; readonly steps: readonly string[] } {
  const isTerm = ({ kind }: WhyStep) => kind === 'policy' || kind === 'calendar'
  return {
    terms: whyInWords(steps.filter(isTerm), zone),
    steps: whyInWords(
      steps.filter((step) => !isTerm(step)),
      zone,
    ).map(toTheMinute),
  }
}

/** Seconds and less are cut off, as everywhere on the screen; what is compared is exact. */
function toTheMinute(sentence: string): string {
  return sentence.replace(/\b(\d\d:\d\d):\d\d(?:\.\d{3})?/g, '$1')
}

/** Reasons in order, the last of which is the result. */
export function WhySteps({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <ol className={styles.steps}>
      {sentences.map((sentence, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are told in order and have no name of their own.
        <li key={position} className={styles.step}>
          {sentence}
        </li>
      ))}
    </ol>
  )
}
