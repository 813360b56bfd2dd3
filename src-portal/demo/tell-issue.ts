import type { Instant } from '#shared/time/instant'
import { agentById } from './cast'
import { issueEntries } from './product-issues'
import { phrases } from './scenery'
import type { Telling } from './telling'

const SECOND_MS = 1000
const KNOWN_ISSUE = 'known-issue'

/**
 * Links the ticket to the issue of its plot and keeps that up to date for as long as somebody waits.
 * @param soon an instant that much later, but before the next step
 */
export function tellLink(telling: Telling, at: Instant, soon: (ms: number) => Instant): void {
  const { issue, random, steps, endsAt } = telling.plot
  if (!issue) throw new Error('a ticket is linked to no issue')
  const { key, url } = issue
  const reopened = steps.findLastIndex((step) => step.do === 'reopen')
  const over = steps.find(
    (step, index) =>
      index > reopened && step.at > at && ['unlink', 'solve', 'close', 'cancel'].includes(step.do),
  )
  if (random.chance(0.6)) telling.note(at, random.pick(phrases.link))
  const [first, ...later] = issueEntries(issue, at)
  if (first) {
    const { state, checkAt } = first
    telling.act(soon(30 * SECOND_MS), { type: 'link-product-issue', key, url, state, checkAt })
  }
  const keeper = agentById(issue.keeperId)
  for (const entry of later) {
    // All tickets of an issue are brought up to date together, one after the other.
    const then = entry.at + random.int(2, 55) * SECOND_MS
    if (then >= (over?.at ?? endsAt)) continue
    const { state, checkAt } = entry
    telling.act(then, { type: 'link-product-issue', key, url, state, checkAt }, keeper)
  }
  telling.tag(soon(40 * SECOND_MS), { add: [KNOWN_ISSUE] })
}

export function tellUnlink(telling: Telling, at: Instant, soon: (ms: number) => Instant): void {
  const { issue, random } = telling.plot
  if (!issue) throw new Error('a ticket without an issue is unlinked')
  telling.note(at, random.pick(phrases.unlink))
  telling.act(soon(20 * SECOND_MS), { type: 'unlink-product-issue', key: issue.key })
  telling.tag(soon(30 * SECOND_MS), { remove: [KNOWN_ISSUE] })
}
