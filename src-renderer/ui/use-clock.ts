import { useEffect, useState } from 'react'
import type { Instant } from '#shared/time/instant'
import { useTicker } from './use-desk'

/** A value that follows the clock; the component renders again only when the value changes. */
export function useClock<T extends string | number | boolean | undefined>(read: (now: Instant) => T): T {
  const ticker = useTicker()
  const [value, setValue] = useState(() => read(ticker.now()))
  useEffect(() => ticker.add((now) => setValue(read(now))), [ticker, read])
  return value
}
