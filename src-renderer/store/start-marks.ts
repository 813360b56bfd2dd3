/**
 * Moments of a window's start, as User Timing marks for the developer tools and the benches: `reading` when the databases
 * are being opened, `open rows` when the open tickets are in memory and the views have been told, `all rows` when all are.
 */
export type StartMark = 'reading' | 'open rows' | 'all rows' | 'painted'

export function markStart(moment: StartMark): void {
  performance.mark(startMarkName(moment))
}

export function startMarkName(moment: StartMark): string {
  return `start: ${moment}`
}
