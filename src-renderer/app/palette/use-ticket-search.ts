import { useEffect, useState } from 'react'
import { useDesk } from '../../ui/use-desk'
import type { Query } from './rank'
import { recentTickets } from './recent'
import { type FoundTicket, TicketSearch } from './ticket-search'

const MOST_TICKETS = 8
/** Of the time between two frames, so that what one types is never late. */
const STEP_MS = 12

/** The tickets that fit a query; those found first are shown while the rest is looked through. */
export function useTicketSearch(query: Query): readonly FoundTicket[] {
  const { rows } = useDesk()
  const [search] = useState(() => {
    const recent = new Set(recentTickets())
    return new TicketSearch([...rows.values()], (id) => recent.has(id), MOST_TICKETS)
  })
  const [found, setFound] = useState<readonly FoundTicket[]>([])
  const words = query.join(' ')
  useEffect(() => {
    search.begin(words === '' ? [] : words.split(' '))
    let timer: ReturnType<typeof setTimeout> | undefined
    const goOn = () => {
      const end = performance.now() + STEP_MS
      const isDone = search.step(() => performance.now() >= end)
      const best = [...search.found()]
      // While it looks, an empty list says nothing yet: what was there before stays.
      if (isDone || best.length > 0) setFound(best)
      if (!isDone) timer = setTimeout(goOn)
    }
    goOn()
    return () => clearTimeout(timer)
  }, [search, words])
  return found
}
