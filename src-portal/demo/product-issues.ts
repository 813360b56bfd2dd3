import { z } from 'zod'
import type { Instant } from '#shared/time/instant'
import issuesJson from '../../resources/demo/product-issues.json' with { type: 'json' }
import type { Plot } from './plot'
import type { TimedStep } from './step'
import { halfHour, workday } from './told-times'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const TRACKER = 'https://tracker.example/browse/'

const days = z.number().positive()
const issueSchema = z.strictObject({
  key: z.string(),
  title: z.string(),
  /** The problems behind which it is: resources/demo/scenarios-*.json. */
  scenarios: z.array(z.string()).min(1),
  /** The agent who asks R&D about it, for all tickets at once. */
  keeper: z.string(),
  openDaysAgo: days,
  inProgressDaysAgo: days.optional(),
  fixedDaysAgo: days.optional(),
  /** Negative: it should have been looked at by now. */
  nextCheckHours: z.number(),
})

/** An issue in R&D's tracker, as the desk has followed it. */
export type IssueStory = {
  readonly key: string
  readonly title: string
  readonly url: string
  readonly scenarios: readonly string[]
  readonly keeperId: string
  /** The states it went through, in order; the first when it was opened. */
  readonly states: readonly { readonly at: Instant; readonly state: string }[]
  /** When the keeper asked last, and is to ask again. */
  readonly lookedAt: Instant
  readonly nextCheckAt: Instant
}

/** The issues that customers wait for at `now`. */
export function productIssues(now: Instant): IssueStory[] {
  return z
    .array(issueSchema)
    .parse(issuesJson)
    .map(({ key, title, scenarios, keeper, nextCheckHours, ...ago }) => {
      const nextCheckAt = halfHour(now + nextCheckHours * HOUR_MS)
      const states = [
        { daysAgo: ago.openDaysAgo, state: 'open' },
        { daysAgo: ago.inProgressDaysAgo, state: 'in-progress' },
        { daysAgo: ago.fixedDaysAgo, state: 'fixed' },
      ].flatMap(({ daysAgo, state }) =>
        daysAgo === undefined ? [] : [{ at: now - Math.floor(daysAgo * DAY_MS), state }],
      )
      const lookedAt = Math.min(nextCheckAt - 2 * DAY_MS - 20 * MINUTE_MS, now - 5 * HOUR_MS)
      return { key, title, scenarios, keeperId: keeper, url: TRACKER + key, states, lookedAt, nextCheckAt }
    })
}

export type IssueEntry = { readonly at: Instant; readonly state: string; readonly checkAt: Instant }

/**
 * What a ticket linked at an instant says about its issue, first and later: whenever the state changed, and when the
 * keeper looked at it last.
 */
export function issueEntries(issue: IssueStory, linkedAt: Instant): IssueEntry[] {
  const stateAt = (at: Instant): string =>
    issue.states.filter((known) => known.at <= at).at(-1)?.state ?? issue.states[0]?.state ?? 'open'
  const later = [...issue.states.map(({ at }) => at), issue.lookedAt].filter((at) => at > linkedAt)
  const instants = [linkedAt, ...later.sort((a, b) => a - b)]
  const entries = instants.map((at, index) => ({
    at,
    state: stateAt(at),
    checkAt: index === instants.length - 1 ? issue.nextCheckAt : halfHour(workday(at + 3 * DAY_MS)),
  }))
  // Somebody who finds what is there already writes nothing down.
  return entries.filter(({ state, checkAt }, index) => {
    const before = entries[index - 1]
    return before?.state !== state || before.checkAt !== checkAt
  })
}

/** The open tickets that wait for R&D: linked once the first finding is in. One of them turns out to be no case of it. */
export function linkIssues(plots: readonly Plot[], issues: readonly IssueStory[]): Plot[] {
  let mistaken = false
  return plots.map((plot) => {
    const issue = issues.find(({ scenarios }) => scenarios.includes(plot.scenario.id))
    const linked = issue ? withLink(plot, issue) : undefined
    if (!linked || mistaken) return linked ?? plot
    const last = linked.steps.at(-1)
    if (last?.do !== 'update' && last?.do !== 'finding') return linked
    mistaken = true
    const at = last.at + Math.floor((plot.endsAt - last.at) / 3)
    return { ...linked, steps: [...linked.steps, { do: 'unlink', at }] }
  })
}

/** The plot with its problem linked to the issue; undefined when nobody has found out yet. */
export function withLink(plot: Plot, issue: IssueStory): Plot | undefined {
  const found = plot.steps.findIndex((step) => step.do === 'finding')
  const finding = plot.steps[found]
  if (!finding) return undefined
  const until = plot.steps[found + 1]?.at ?? plot.endsAt
  const soon = finding.at + Math.min(9 * MINUTE_MS, Math.floor((until - finding.at) / 2))
  // The ticket may be the one for which the issue was opened.
  const at = Math.max(soon, (issue.states[0]?.at ?? soon) + 4 * MINUTE_MS)
  const link: TimedStep = { do: 'link', at }
  const after = plot.steps.findIndex((step) => step.at > at)
  const place = after < 0 ? plot.steps.length : after
  return { ...plot, issue, steps: plot.steps.toSpliced(place, 0, link) }
}
