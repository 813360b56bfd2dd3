import { createMiddleware } from 'hono/factory'
import type { CallBudget } from './call-budget'
import { ProblemError } from './problem'
import type { Signed } from './signed'

/**
 * Holds calls to the budget of their token and to a time. A call that is too late is answered with 503 while its work
 * goes on until the database stops it: what became of a command is then asked by sending it again, as after any lost
 * answer. It counts as running until that end.
 * @throws ProblemError 429 or 503
 */
export function bounded(budget: CallBudget, callMs: number) {
  return createMiddleware<Signed>(async (c, next) => {
    const done = budget.begin(c.get('token'))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const tooLate = () => reject(new ProblemError('unavailable', 'this call takes too long: try again'))
      timer = setTimeout(tooLate, callMs)
    })
    await Promise.race([next().finally(done), late]).finally(() => clearTimeout(timer))
  })
}
