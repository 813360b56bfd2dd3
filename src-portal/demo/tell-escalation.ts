import type { Priority } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import type { Wanted } from './play'
import { phrases } from './scenery'
import type { PlainStep } from './step'
import type { Telling } from './telling'

const MINUTE_MS = 60_000

const HURTS: Readonly<Record<Priority, keyof typeof phrases.situation>> = {
  P1: 'urgent',
  P2: 'urgent',
  P3: 'normal',
  P4: 'question',
}

/** The case in its four parts, as whoever has the ticket puts it to the backline of the region. */
function caseOf(telling: Telling, at: Instant): Extract<Wanted, { type: 'escalate' }> {
  const { plot, priority } = telling
  const { tried, assessment, ask } = plot.scenario.escalation
  return {
    type: 'escalate',
    to: plot.customer.region,
    summary: telling.words(plot.random.pick(phrases.situation[HURTS[priority]]), at),
    tried: telling.words(tried, at),
    assessment: telling.words(assessment, at),
    ask: telling.words(ask, at),
  }
}

/**
 * Puts the case to the backline, which accepts it, returns it with a reason or hasn't answered yet.
 * @param soon an instant that much later, but before the next step
 */
export function tellEscalation(
  telling: Telling,
  step: PlainStep & { readonly at: Instant },
  soon: (ms: number) => Instant,
): void {
  const { backline, random } = telling.plot
  telling.act(step.at, caseOf(telling, step.at))
  if (step.do === 'escalate') {
    telling.act(soon(random.int(2, 25) * MINUTE_MS), { type: 'accept-escalation' }, backline)
    telling.owner = backline
  }
  if (step.do === 'escalate-returned') {
    const at = soon(random.int(15, 70) * MINUTE_MS)
    const reasons =
      HURTS[telling.priority] === 'question' ? phrases.returned.question : phrases.returned.fault
    const reason = telling.words(random.pick(reasons), at, backline)
    telling.act(at, { type: 'return-escalation', reason }, backline)
  }
}
