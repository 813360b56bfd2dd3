/** The ticket that this window is for, if it is a ticket's own (src-main/app-origin.ts `ticketUrl`). */
export function ticketOfWindow(hash: string): string | undefined {
  const ticketId = new URLSearchParams(hash.replace(/^#/, '')).get('ticket')
  return ticketId === null || ticketId === '' || ticketId.length > 120 ? undefined : ticketId
}
