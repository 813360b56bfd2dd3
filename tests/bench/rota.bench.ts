import { whoseShift } from '#shared/shifts/coverage'
import { rotaSchema } from '#shared/shifts/rota'
import { REPORT_MS, rotaReport } from '#shared/shifts/rota-report'
import followTheSun from '../../resources/rota/follow-the-sun.json'
import { aRota, daily, people } from '../src-shared/shifts/rotas'
import { print, printMs, verdict } from './figures'

/*
 * Whose shift a deadline falls in stands in every row of the queue, so it is asked for 50,000 deadlines of the next year;
 * beside it stands reading one number from a map for each. The report on twelve months of the biggest rota that is allowed
 * to be is what a supervisor waits for before saving.
 */
const DEADLINES = 50_000
const RUNS = 9
const FROM = Date.UTC(2026, 6, 1)

/** @param regions of six shifts a day with six people each, all over the world */
function bigRota(regions: number) {
  const zones = ['Europe/London', 'America/New_York', 'Asia/Singapore', 'Australia/Sydney']
  return aRota(
    Array.from({ length: regions }, (_, i) =>
      daily(
        `R${i}`,
        zones[i % zones.length] ?? 'UTC',
        [0, 4, 8, 12, 16, 20].map((hour): [string, string] => [
          `${String(hour).padStart(2, '0')}:00`,
          `${String(hour + 3).padStart(2, '0')}:30`,
        ]),
        { members: people(...[0, 1, 2, 3, 4, 5].map((n) => `R${i}-${n}`)), leadId: `R${i}-0` },
      ),
    ),
  )
}

function times(work: () => unknown): readonly number[] {
  work()
  return Array.from({ length: RUNS }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
}

const rota = rotaSchema.decode(followTheSun as never)
const deadlines = Array.from({ length: DEADLINES }, (_, i) => FROM + ((i * 7_919_000) % REPORT_MS))
const byDeadline = new Map(deadlines.map((at) => [at, at]))
const ours = times(() => deadlines.filter((at) => whoseShift(rota, at) !== undefined).length)
const floor = times(() => deadlines.filter((at) => byDeadline.get(at) !== undefined).length)
printMs('whose shift, 50,000 deadlines', ours)
printMs('a number from a map, 50,000 times', floor)
const ratio = Math.min(...ours) / Math.min(...floor)
verdict('whose shift a deadline falls in', ratio < 5, `${ratio.toFixed(1)} × a look-up in a map (limit 5 ×)`)

for (const regions of [3, 6, 12]) {
  printMs(
    `report on twelve months, ${regions} regions`,
    times(() => rotaReport(bigRota(regions), FROM, FROM + REPORT_MS)),
  )
}
print('', `${12 * 6 * 366} shifts in the biggest`)
