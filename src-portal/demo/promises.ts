import type { Instant } from '#shared/time/instant'
import { agentById, demoPeople, pickCustomer } from './cast'
import { openPlot } from './open-plot'
import type { Plot } from './plot'
import type { Random } from './random'
import { isPublicAnswer, type TimedStep } from './step'
import { namedTime } from './told-times'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** When the demo people have promised their next updates, in minutes from now; the next person's are a little later. */
const OWN = [
  { priority: 'P2', inMinutes: 13 },
  { priority: 'P3', inMinutes: 22 },
  { priority: 'P2', inMinutes: 34 },
] as const
const NEXT_PERSON_MINUTES = 2

type Share = {
  readonly count: number
  readonly fromMs: number
  readonly toMs: number
  readonly fits?: (plot: Plot) => boolean
}

const isP1 = ({ priority }: Plot) => priority === 'P1'

/** Of the other open tickets: how many, and when; negative is overdue. Whoever has a P1 reports on it, and in time. */
const OTHERS: readonly Share[] = [
  { count: 5, fromMs: 11 * MINUTE_MS, toMs: 50 * MINUTE_MS, fits: isP1 },
  { count: 5, fromMs: 14 * MINUTE_MS, toMs: 75 * MINUTE_MS },
  { count: 4, fromMs: -32 * MINUTE_MS, toMs: -6 * MINUTE_MS, fits: (plot) => !isP1(plot) },
  { count: 9, fromMs: 2 * HOUR_MS, toMs: 30 * HOUR_MS, fits: (plot) => !isP1(plot) },
]
/** A promise is for later than this. */
const LEAST_MS = 25 * MINUTE_MS

/** Tickets of the demo people on which the customer waits for the next word. */
export function promisePlots(now: Instant, random: Random): Plot[] {
  return demoPeople.flatMap(({ agentId, region }, place) =>
    OWN.map(({ priority, inMinutes }, index) => {
      const own = random.fork(`${place}/${index}`)
      const until = now - own.int(3, 25) * MINUTE_MS
      const plot = openPlot({
        kind: 'working',
        priority,
        customer: pickCustomer(own, (customer) => customer.region === region),
        createdAt: until - Math.floor(own.between(2.5, 7) * HOUR_MS),
        owner: agentById(agentId),
        script: [{ do: 'claim' }, { do: 'ack' }, { do: 'info' }, { do: 'finding' }, { do: 'update' }],
        answerShare: own.between(0.05, 0.3),
        now: until,
        random: own,
      })
      const at = now + (inMinutes + place * NEXT_PERSON_MINUTES) * MINUTE_MS
      return promising({ ...plot, endsAt: now }, namedTime(at, now))
    }),
  )
}

/** The plots with an update promised on some of those in which our word was the last that counts. */
export function withPromises(plots: readonly Plot[], now: Instant, random: Random): Plot[] {
  const promised = new Map<Plot, Plot>()
  const candidates = random.shuffle(plots.filter(canPromise))
  for (const { count, fromMs, toMs, fits = () => true } of OTHERS) {
    const fitting = candidates.filter((plot) => {
      const last = lastAnswer(plot)
      return last && fits(plot) && !promised.has(plot) && last.at + LEAST_MS < now + fromMs
    })
    for (const plot of fitting.slice(0, count)) {
      const told = isP1(plot) ? justUpdated(plot, now, random) : plot
      promised.set(plot, promising(told, namedTime(now + random.int(fromMs, toMs), now)))
    }
  }
  return plots.map((plot) => promised.get(plot) ?? plot)
}

function lastAnswer({ steps }: Plot): TimedStep | undefined {
  return steps.findLast(isPublicAnswer)
}

function canPromise(plot: Plot): boolean {
  const last = lastAnswer(plot)
  const waits = last?.do === 'ack' || last?.do === 'update' || last?.do === 'reopen-ack'
  return plot.promisedAt === undefined && waits && !plot.steps.some(isForAnotherDay)
}

/** A date was named, or the question is with the backline. */
function isForAnotherDay(step: TimedStep): boolean {
  return step.do === 'propose' || step.do === 'escalate-returned' || step.do === 'excuse'
}

/** The plot with a word within the last hour. */
function justUpdated(plot: Plot, now: Instant, random: Random): Plot {
  const at = now - random.int(9 * MINUTE_MS, 55 * MINUTE_MS)
  const last = plot.steps.at(-1)?.at ?? plot.createdAt
  return last < at ? { ...plot, steps: [...plot.steps, { do: 'update', at }] } : plot
}

function promising(plot: Plot, promisedAt: Instant): Plot {
  const last = lastAnswer(plot)
  const steps = plot.steps.map((step) => (step === last ? ({ ...step, promises: true } as TimedStep) : step))
  return { ...plot, steps, promisedAt }
}
