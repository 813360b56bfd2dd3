/**
 * Reads the wall time `09:00`; `24:00` is the end of a day.
 * @returns milliseconds since local midnight as the clock on the wall shows them, or `undefined`
 */
export function parseWallTime(text: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (parts) return (Number(parts[1]) * 60 + Number(parts[2])) * 60_000
  return text === '24:00' ? 86_400_000 : undefined
}
