import type { DeskError } from '#shared/ipc'

/** Reads what a call was rejected with: main sends a plain `{code, message}`, code of our own throws an Error. */
export function problemOf(problem: unknown): DeskError {
  if (typeof problem === 'object' && problem !== null && 'message' in problem) {
    const code = 'code' in problem ? String(problem.code) : 'unexpected'
    return { code, message: String(problem.message) }
  }
  return { code: 'unexpected', message: String(problem) }
}
