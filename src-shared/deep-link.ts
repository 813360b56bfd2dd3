/** The scheme that the operating system hands to the console. */
export const LINK_SCHEME = 'meridian'

/** What an address asks for: only where to go, never to do anything. */
export type DeepLink = { readonly kind: 'ticket'; readonly ticketId: string }

export type ReadLink =
  | { readonly ok: true; readonly link: DeepLink }
  /** Why not, for the person; it repeats nothing of the address, which a stranger may have written. */
  | { readonly ok: false; readonly problem: string }

/** Ids are a portal's own; those with other characters can't be named in a link. */
const TICKET_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/
const TICKET_LINK = /^meridian:\/\/ticket\/([^/?#]*)$/i

/**
 * Reads a `meridian://ticket/ID` that some other program handed over. Nothing is decoded, normalised or guessed: an
 * address that is not exactly such a link is refused.
 */
export function readDeepLink(text: string): ReadLink {
  if (!/^meridian:/i.test(text)) return refused('it is no link to Meridian')
  const [, ticketId] = TICKET_LINK.exec(text) ?? []
  if (ticketId === undefined) return refused('only meridian://ticket/ID is known')
  if (!TICKET_ID.test(ticketId)) return refused('it names no ticket')
  return { ok: true, link: { kind: 'ticket', ticketId } }
}

/** The link to a ticket, or `undefined` when its id can't be in one. */
export function linkToTicket(ticketId: string): string | undefined {
  return TICKET_ID.test(ticketId) ? `${LINK_SCHEME}://ticket/${ticketId}` : undefined
}

function refused(why: string): ReadLink {
  return { ok: false, problem: `This link was not opened: ${why}.` }
}
