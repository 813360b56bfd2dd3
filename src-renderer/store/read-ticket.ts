import type { Contact } from '#shared/tickets/people'
import type { MirrorDb, MirrorRow } from './mirror-db'

/** What the portal has said of one ticket, its messages oldest first. */
export type MirroredTicket = {
  readonly ticket: MirrorRow<'ticket'>
  readonly messages: readonly MirrorRow<'message'>[]
  readonly requester: Contact | undefined
}

/**
 * Reads a ticket with all that is about it, in one transaction: whatever is said of it was true at one time.
 * `undefined` when it isn't there.
 */
export async function readTicket(mirror: MirrorDb, id: string): Promise<MirroredTicket | undefined> {
  const read = mirror.isOpen() ? await readPlain(mirror, id) : await readReopened(mirror, id)
  read?.messages.sort((a, b) => a.value.at - b.value.at || a.version - b.version)
  return read
}

type Read = MirroredTicket & { readonly messages: MirrorRow<'message'>[] }

/** Plain IndexedDB, since this is between a key and the screen: its transaction is over when this resolves. */
function readPlain(mirror: MirrorDb, id: string): Promise<Read | undefined> {
  return new Promise((resolve, reject) => {
    const transaction = mirror.backendDB().transaction(['ticket', 'message', 'contact'], 'readonly')
    const ofTicket = transaction.objectStore('ticket').get(id)
    const ofMessages = transaction.objectStore('message').index('value.ticketId').getAll(id)
    const found = (requester?: MirrorRow<'contact'>): void => {
      const ticket: MirrorRow<'ticket'> | undefined = ofTicket.result
      transaction.commit()
      resolve(ticket && { ticket, messages: ofMessages.result, requester: requester?.value })
    }
    // The requests are answered in the order in which they were made: the ticket is here by then.
    ofMessages.onsuccess = () => {
      const requesterId: string | undefined = ofTicket.result?.value.requesterId
      if (requesterId === undefined) return found()
      const ofRequester = transaction.objectStore('contact').get(requesterId)
      ofRequester.onsuccess = () => found(ofRequester.result)
    }
    transaction.onabort = () => reject(transaction.error ?? new Error('reading a ticket was broken off'))
  })
}

/** Dexie opens again what was closed because the engine rebuilt it. */
async function readReopened(mirror: MirrorDb, id: string): Promise<Read | undefined> {
  return mirror.transaction('r', [mirror.ticket, mirror.message, mirror.contact], async () => {
    const ticket = await mirror.ticket.get(id)
    const messages = await mirror.message.where('value.ticketId').equals(id).toArray()
    const requesterId = ticket?.value.requesterId
    const requester = requesterId === undefined ? undefined : await mirror.contact.get(requesterId)
    return ticket && { ticket, messages, requester: requester?.value }
  })
}
