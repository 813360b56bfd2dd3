/**
 * Moments of a window's start, as User Timing marks for the developer tools and the benches. `reading`: the databases
 * are being opened; `open rows`, `all rows`: these are in memory; `sorted`: all rows that are in memory have been put in
 * order, which happens again when more are there; `painted`: the first rows are on the screen.
 */
export type StartMark = 'reading' | 'open rows' | 'all rows' | 'sorted' | 'painted'

export function markStart(moment: StartMark): void {
  performance.mark(`start: ${moment}`)
}
