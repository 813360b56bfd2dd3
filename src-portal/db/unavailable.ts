/** Classes of SQLSTATE that say the server can't now: lost connections, no resources, told to stop, lock not had. */
const STATES = /^(08|53|55P03|57)/
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])
/** What the driver says in words only. */
const WORDS = /timeout exceeded when trying to connect|Connection terminated|Query read timeout/

/** Whether a failure is that the database can't be reached or is too busy, so that trying again later may help. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return STATES.test(code) || NETWORK.has(code) || WORDS.test(error.message) || isUnavailable(error.cause)
}
