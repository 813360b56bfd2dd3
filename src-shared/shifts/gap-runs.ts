import { DAY_MS } from '../time/civil-date'
import { offsetAt } from '../time/zone'
import type { Gap } from './rota-report'
import type { Shift } from './shift'

/** The same gap day after day, as people see it: one thing to mend, not twenty-one. */
export type GapRun = {
  readonly first: Gap
  readonly last: Gap
  readonly count: number
  /**
   * The classic failure: the clocks of one of the two regions changed in the two days before the run, and those of the
   * other didn't.
   */
  readonly onlyChanged: string | undefined
}

/** Gaps in order, put together where they are of the same length between the same regions, a day apart. */
export function gapRuns(gaps: readonly Gap[]): readonly GapRun[] {
  const runs: GapRun[] = []
  for (const gap of gaps) {
    const run = runs.at(-1)
    if (run !== undefined && isNextOf(run.last, gap)) {
      runs[runs.length - 1] = { ...run, last: gap, count: run.count + 1 }
    } else {
      runs.push({ first: gap, last: gap, count: 1, onlyChanged: onlyChanged(gap) })
    }
  }
  return runs
}

function isNextOf(last: Gap, gap: Gap): boolean {
  return (
    gap.startsAt - last.startsAt === DAY_MS &&
    gap.endsAt - last.endsAt === DAY_MS &&
    gap.after?.region === last.after?.region &&
    gap.before?.region === last.before?.region
  )
}

function onlyChanged({ startsAt, after, before }: Gap): string | undefined {
  if (after === undefined || before === undefined) return undefined
  const hasChanged = ({ zone }: Shift) => offsetAt(zone, startsAt) !== offsetAt(zone, startsAt - 2 * DAY_MS)
  if (hasChanged(after) === hasChanged(before)) return undefined
  return hasChanged(after) ? after.region : before.region
}
