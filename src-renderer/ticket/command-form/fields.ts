import type { TicketCommandType } from '#shared/tickets/command'
import { MAX_BODY } from '#shared/tickets/message'
import { MAX_REASON, MAX_TEXT } from '#shared/tickets/ticket'

type Named = {
  /** As the command calls it. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly isOptional?: boolean
}
/** Which times are offered for one click (quick-times.ts). */
export type QuickTimes = 'update' | 'plan' | 'check'

/** One thing that is asked for; a value is always text while it is being written (form-values.ts). */
export type Field = Named &
  (
    | { readonly kind: 'long-text' | 'short-text'; readonly maxLength: number }
    | { readonly kind: 'instant'; readonly quick: QuickTimes }
    | {
        readonly kind: 'choice'
        readonly options: readonly { readonly value: string; readonly label: string }[]
      }
    | { readonly kind: 'status' | 'priority' | 'region' | 'agent' | 'target' | 'tags' | 'ticket' }
  )
export type FieldKind = Field['kind']

export type FormDescription = {
  readonly title: string
  /** What the button says. */
  readonly save: string
  /** What it means, where that is not plain. */
  readonly about?: string
  /** It can't be taken back: the button says so by its colour too. */
  readonly isFinal?: true
  readonly fields: readonly Field[]
}

const reason = (label: string, hint?: string) =>
  ({ name: 'reason', kind: 'short-text', label, maxLength: MAX_REASON, ...(hint ? { hint } : {}) }) as const
const text = (label: string, hint?: string) =>
  ({ name: 'text', kind: 'long-text', label, maxLength: MAX_TEXT, ...(hint ? { hint } : {}) }) as const
const part = (name: string, label: string, hint: string) =>
  ({ name, kind: 'long-text', label, hint, maxLength: MAX_TEXT }) as const

/** What each command asks for. Without fields it is given at once, or written elsewhere. */
export const forms: Readonly<Record<TicketCommandType, FormDescription>> = {
  reply: { title: 'Public reply', save: 'Send', fields: [] },
  note: { title: 'Internal note', save: 'Add', fields: [] },
  claim: { title: 'Claim', save: 'Claim', fields: [] },
  'accept-escalation': { title: 'Accept the escalation', save: 'Accept', fields: [] },
  'unlink-product-issue': { title: 'Unlink product issue', save: 'Unlink', fields: [] },
  'set-status': {
    title: 'Status',
    save: 'Set status',
    fields: [{ name: 'status', kind: 'status', label: 'Status' }],
  },
  'set-priority': {
    title: 'Priority',
    save: 'Set priority',
    fields: [
      { name: 'priority', kind: 'priority', label: 'Priority' },
      { ...reason('Why', 'Colleagues and the supervisor see it on the ticket.'), isOptional: true },
    ],
  },
  escalate: {
    title: 'Escalate to the backline',
    save: 'Escalate',
    about: 'You keep the ticket and its alerts until somebody accepts it.',
    fields: [
      { name: 'to', kind: 'region', label: 'Backline of' },
      part('summary', 'Situation', 'What is going on, for whom, since when'),
      part('tried', 'Background', 'What was tried, each with its result'),
      part('assessment', 'Assessment', 'What you think it is'),
      part('ask', 'Request', 'What you need, and by when'),
    ],
  },
  'return-escalation': {
    title: 'Return the escalation',
    save: 'Return',
    about: 'The ticket stays with whoever escalated it.',
    fields: [reason('Why', 'What is missing, or who should get it instead')],
  },
  assign: { title: 'Assign', save: 'Assign', fields: [{ name: 'to', kind: 'agent', label: 'To' }] },
  'promise-update': {
    title: 'Promise an update',
    save: 'Promise',
    about: 'An alert of its own; a reply or a call to the customer keeps the promise.',
    fields: [
      { name: 'promisedAt', kind: 'instant', label: 'The customer hears from us by', quick: 'update' },
    ],
  },
  'log-call': {
    title: 'Log a call',
    save: 'Log the call',
    fields: [
      {
        name: 'direction',
        kind: 'choice',
        label: 'Who called',
        options: [
          { value: 'from-customer', label: 'The customer' },
          { value: 'to-customer', label: 'We did' },
        ],
      },
      { name: 'body', kind: 'long-text', label: 'What was said', maxLength: MAX_BODY },
    ],
  },
  'record-workaround': {
    title: 'Record a workaround',
    save: 'Record',
    about: 'It meets the resolution target, for good.',
    fields: [text('What helps meanwhile')],
  },
  'propose-course-of-action': {
    title: 'Propose a course of action',
    save: 'Propose',
    fields: [text('What will be done'), { name: 'dueAt', kind: 'instant', label: 'By when', quick: 'plan' }],
  },
  'link-product-issue': {
    title: 'Link a product issue',
    save: 'Link',
    fields: [
      {
        name: 'key',
        kind: 'short-text',
        label: 'Key',
        hint: 'As R&D calls it, like ING-2231',
        maxLength: 60,
      },
      {
        name: 'url',
        kind: 'short-text',
        label: 'Address',
        hint: 'Where it is in the tracker',
        maxLength: 2000,
      },
      { name: 'state', kind: 'short-text', label: 'State', hint: 'As the tracker calls it', maxLength: 40 },
      { name: 'checkAt', kind: 'instant', label: 'Look at it again', quick: 'check', isOptional: true },
    ],
  },
  tag: {
    title: 'Tags',
    save: 'Save tags',
    fields: [{ name: 'tags', kind: 'tags', label: 'Tags', hint: 'Enter or a comma ends a tag' }],
  },
  merge: {
    title: 'Merge into another ticket',
    save: 'Merge',
    isFinal: true,
    about:
      'This ticket closes and leaves every statistic; work goes on in the other one. It can’t be undone.',
    fields: [{ name: 'into', kind: 'ticket', label: 'Goes on as' }],
  },
  cancel: {
    title: 'Cancel the ticket',
    save: 'Cancel the ticket',
    isFinal: true,
    about: 'For duplicates and spam: it closes and leaves every statistic. It can’t be undone.',
    fields: [reason('Why')],
  },
  'excuse-breach': {
    title: 'Excuse a breach',
    save: 'Excuse',
    about: 'It stays a breach, marked as excused, and is left out of the attainment figures that say so.',
    fields: [
      { name: 'of', kind: 'target', label: 'Which' },
      reason('Why', 'It stands on the ticket under your name.'),
    ],
  },
}
