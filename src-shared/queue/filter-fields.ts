import type { Channel } from '../sla/events'
import type { Plan, Priority, Status } from '../sla/policy'
import {
  assigneeField,
  customerField,
  escalatedField,
  issueField,
  regionField,
  tagField,
} from './filter-names'
import { escalationStates, marks, targetChoices } from './filter-states'
import { ageField, dueField } from './filter-time'
import { type Choice, closedField, type Field } from './filter-words'
import type { QueueRow } from './row'

function choices<V extends string>(
  field: (row: QueueRow) => V,
  spellings: { readonly [value in V]: readonly string[] },
): { readonly [value: string]: Choice } {
  return Object.fromEntries(
    Object.entries<readonly string[]>(spellings).map(([value, also]) => [
      value.toLowerCase(),
      { also, test: (row) => field(row) === value },
    ]),
  )
}

const priorities = choices<Priority>((row) => row.priority, {
  P1: ['1', 'critical'],
  P2: ['2', 'high'],
  P3: ['3', 'normal'],
  P4: ['4', 'low'],
})
const plans = choices<Plan>((row) => row.plan, { standard: [], premium: [], 'premium-plus': ['premium+'] })
const statuses = choices<Status>((row) => row.status, {
  open: [],
  'waiting-on-customer': ['waiting'],
  'on-hold': ['hold'],
  solved: [],
  closed: [],
})
const channels = choices<Channel>((row) => row.channel, {
  portal: [],
  chat: [],
  email: ['e-mail', 'mail'],
  phone: ['telephone'],
})

/** Every field of the filter box, in the order in which they are offered. */
export const fields = {
  is: closedField('mark', 'What there is about it', marks),
  priority: closedField('priority', 'How urgent it is', priorities),
  plan: closedField('plan', "The customer's plan", plans),
  status: closedField('status', 'Status of the ticket', statuses),
  region: regionField,
  assignee: assigneeField,
  customer: customerField,
  tag: tagField,
  first: closedField(
    'state of the first response',
    'State of the first response',
    targetChoices('firstResponse'),
  ),
  resolution: closedField('state of the resolution', 'State of the resolution', targetChoices('resolution')),
  due: dueField,
  age: ageField,
  channel: closedField('channel', 'How it came', channels),
  escalated: escalatedField,
  escalation: closedField('state of an escalation', 'What became of its escalation', escalationStates),
  issue: issueField,
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields
export const fieldNames = Object.keys(fields) as readonly FieldName[]

/** The field of a name in any case; undefined: there is none. */
export function fieldNamed(name: string): FieldName | undefined {
  const lower = name.toLowerCase()
  return fieldNames.find((known) => known === lower)
}

const BARE: ReadonlyMap<string, FieldName> = new Map([
  ...['p1', 'p2', 'p3', 'p4'].map((word) => [word, 'priority'] as const),
  ...['standard', 'premium', 'premium+', 'premium-plus'].map((word) => [word, 'plan'] as const),
])

/** The field that a word means even without its name, such as `p1`. */
export function fieldOfBareWord(word: string): FieldName | undefined {
  return BARE.get(word.toLowerCase())
}
