import { linkToTicket } from '#shared/deep-link'
import { toast, toastProblem } from '../ui/screen-state'

/** Shows a ticket in a window of its own, or brings the one it has to the front. */
export function openOwnWindow(ticketId: string): void {
  window.desk.window.openTicket({ ticketId }).catch(toastProblem)
}

/** Copies the link that opens the ticket in whoever's console. */
export function copyLink(ticketId: string): void {
  const link = linkToTicket(ticketId)
  if (link === undefined) {
    toast('No link can name this ticket', 'problem')
    return
  }
  navigator.clipboard.writeText(link).then(() => toast(`Copied ${link}`), toastProblem)
}
