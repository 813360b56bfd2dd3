import { z } from 'zod'

const KEY = 'meridian.palette'
const MOST = 6
const stored = z.array(z.string().max(200)).max(100)

/** What was done from the palette last, the latest first: ids of actions, which say nothing about anybody's tickets. */
export function recentActions(): readonly string[] {
  const text = localStorage.getItem(KEY)
  if (text === null) return []
  try {
    return stored.safeParse(JSON.parse(text)).data ?? []
  } catch (problem) {
    if (problem instanceof SyntaxError) return []
    throw problem
  }
}

export function noteAction(id: string): void {
  const next = [id, ...recentActions().filter((other) => other !== id)].slice(0, MOST)
  localStorage.setItem(KEY, JSON.stringify(next))
}

/** Tickets that were opened last in this window, the latest first; they end with the window. */
let tickets: readonly string[] = []

export function recentTickets(): readonly string[] {
  return tickets
}

export function noteTicket(id: string): void {
  if (tickets[0] !== id) tickets = [id, ...tickets.filter((other) => other !== id)].slice(0, MOST)
}

/** Another person begins without them. */
export function forgetTickets(): void {
  tickets = []
}
