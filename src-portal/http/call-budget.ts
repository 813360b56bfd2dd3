import { ProblemError } from './problem'

type Account = { balance: number; at: number; running: number }

export type CallBudget = {
  /**
   * Takes one call from an account, or refuses it. Gives what is to be called when it is done.
   * @throws ProblemError 429 that says when to come back
   */
  readonly begin: (key: string) => () => void
  /** Takes more from an account whose call turned out to be large; what is missing is waited for by the next call. */
  readonly charge: (key: string, calls: number) => void
}

type BudgetOptions = {
  readonly callsPerSecond: number
  readonly burst: number
  readonly callsAtOnce: number
  /** A clock that only goes forward, in ms. */
  readonly elapsed?: () => number
}

/** Accounts are looked through for forgotten ones when there are more than this. */
const MANY = 1_000
/** How long to wait when as many calls run as may, in ms: nobody knows how long they take. */
const BUSY_MS = 1_000

/**
 * A budget of calls for each key: full at first, refilled evenly (a token bucket). Keys have to be ones that are known
 * to be good, since each costs memory until its account is full again.
 */
export function createCallBudget({
  callsPerSecond,
  burst,
  callsAtOnce,
  elapsed = () => performance.now(),
}: BudgetOptions): CallBudget {
  const accounts = new Map<string, Account>()
  let many = MANY

  const refill = (account: Account, now: number) => {
    account.balance = Math.min(burst, account.balance + ((now - account.at) / 1000) * callsPerSecond)
    account.at = now
  }
  const forgetFull = (now: number) => {
    for (const [key, account] of accounts) {
      refill(account, now)
      if (account.balance >= burst && account.running === 0) accounts.delete(key)
    }
    // As many that are in use again before the next look: looking costs no more than the calls do.
    many = Math.max(MANY, 2 * accounts.size)
  }
  const accountOf = (key: string, now: number): Account => {
    const known = accounts.get(key)
    if (known) return known
    if (accounts.size >= many) forgetFull(now)
    const account = { balance: burst, at: now, running: 0 }
    accounts.set(key, account)
    return account
  }

  return {
    begin: (key) => {
      const now = elapsed()
      const account = accountOf(key, now)
      refill(account, now)
      if (account.balance < 1) {
        const waitMs = ((1 - account.balance) / callsPerSecond) * 1000
        throw new ProblemError('too-many-calls', `at most ${callsPerSecond} calls a second`, { waitMs })
      }
      if (account.running >= callsAtOnce) {
        const detail = `at most ${callsAtOnce} calls at the same time`
        throw new ProblemError('too-many-calls', detail, { waitMs: BUSY_MS })
      }
      account.balance -= 1
      account.running += 1
      let isDone = false
      return () => {
        if (!isDone) account.running -= 1
        isDone = true
      }
    },
    charge: (key, calls) => {
      accountOf(key, elapsed()).balance -= calls
    },
  }
}
