import { useEffect } from 'react'
import type { DeskStore } from '../store/desk-store'
import { closeTicket, openTicket, toast } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { forgetTickets, noteTicket } from './palette/recent'

/** Goes where a notification or a link of the system leads; one that leads nowhere is told of. */
export function useOutsideWays(): void {
  const desk = useDesk()
  useEffect(() => {
    let endWaiting = () => {}
    const endOpen = window.desk.navigation.openTicket(({ ticketId }) => {
      endWaiting()
      if (ticketId === undefined) closeTicket()
      else endWaiting = whenKnown(desk, ticketId, goToTicket)
    })
    const endRefused = window.desk.navigation.refused(({ problem }) => toast(problem, 'problem'))
    return () => {
      endWaiting()
      endOpen()
      endRefused()
      forgetTickets()
    }
  }, [desk])
}

export function goToTicket(ticketId: string): void {
  noteTicket(ticketId)
  openTicket(ticketId)
}

/**
 * Opens a ticket as soon as it is known that it is here. A person may have written its number into the link instead of
 * its id. @returns gives up waiting
 */
export function whenKnown(
  desk: Pick<DeskStore, 'rows' | 'status'>,
  named: string,
  open: (ticketId: string) => void,
): () => void {
  const { rows } = desk
  let end = () => {}
  const look = (): void => {
    const found = rows.get(named)?.id ?? byNumber(rows.values(), named)
    const isAllHere = rows.isReady() && desk.status.get().firstSync === undefined
    if (found === undefined && !isAllHere) return
    end()
    if (found === undefined) toast(`There is no ticket ${named} on this desk`, 'problem')
    else open(found)
  }
  const endRows = rows.subscribe(look)
  const endStatus = desk.status.subscribe(look)
  end = () => {
    endRows()
    endStatus()
  }
  look()
  return end
}

function byNumber(
  rows: Iterable<{ readonly id: string; readonly number: string }>,
  named: string,
): string | undefined {
  const wanted = named.toLowerCase()
  for (const { id, number } of rows) if (number.toLowerCase() === wanted) return id
  return undefined
}
