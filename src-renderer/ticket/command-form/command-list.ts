import type { TicketCommandType } from '#shared/tickets/command'

/** Commands that are given through the More menu or their key; what is written or chosen has its own place. */
export type ListedType = Exclude<
  TicketCommandType,
  'reply' | 'note' | 'claim' | 'set-status' | 'set-priority' | 'unlink-product-issue'
>

export type ListedCommand = {
  readonly type: ListedType
  readonly label: string
  /** By its `event.key`; capitals are with Shift. */
  readonly key: string
}
export type CommandGroup = { readonly title: string; readonly commands: readonly ListedCommand[] }

/** The one table that the More menu, the keys and the sheet of keys read. */
export const commandGroups: readonly CommandGroup[] = [
  {
    title: 'Hand on',
    commands: [
      { type: 'escalate', label: 'Escalate to the backline', key: 'e' },
      { type: 'accept-escalation', label: 'Accept the escalation', key: 'E' },
      { type: 'return-escalation', label: 'Return the escalation', key: 'R' },
      { type: 'assign', label: 'Assign', key: 'a' },
    ],
  },
  {
    title: 'Customer',
    commands: [
      { type: 'promise-update', label: 'Promise an update', key: 'u' },
      { type: 'log-call', label: 'Log a call', key: 'l' },
    ],
  },
  {
    title: 'Solution',
    commands: [
      { type: 'record-workaround', label: 'Record a workaround', key: 'w' },
      { type: 'propose-course-of-action', label: 'Propose a course of action', key: 'd' },
      { type: 'link-product-issue', label: 'Link a product issue', key: 'i' },
    ],
  },
  {
    title: 'Ticket',
    commands: [
      { type: 'tag', label: 'Tags', key: 't' },
      { type: 'merge', label: 'Merge into another', key: 'm' },
      { type: 'cancel', label: 'Cancel the ticket', key: 'X' },
      { type: 'excuse-breach', label: 'Excuse a breach', key: 'B' },
    ],
  },
]

export const listedCommands: readonly ListedCommand[] = commandGroups.flatMap(({ commands }) => commands)
