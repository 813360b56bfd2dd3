import type { SlaEvent } from '#shared/sla/events'
import { type Priority, policySchema } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'
import type { Agent, Contact, Organization } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import newYork from '../../../../resources/calendars/amer-new-york.json'
import sydney from '../../../../resources/calendars/apac-sydney.json'
import berlin from '../../../../resources/calendars/emea-berlin.json'
import pack from '../../../../resources/policies/bigpanda.json'
import { type Random, seeded } from './random'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const policy = policySchema.decode(pack as never)
export const calendars = [berlin, newYork, sydney].map((one) => calendarSchema.decode(one as never))

const agent = (id: string, name: string, role: Agent['role'], region: string): Agent => ({
  id,
  name,
  role,
  region,
  email: `${id}@meridian.example`,
})
export const agents: readonly [Agent, ...Agent[]] = [
  agent('ines', 'Inês Moreau', 'l1', 'EMEA'),
  agent('tomas', 'Tomás Herrera', 'backline', 'AMER'),
  agent('priya', 'Priya Raman', 'supervisor', 'APAC'),
  agent('jonas', 'Jonas Lindqvist', 'l1', 'EMEA'),
  agent('mei', 'Mei Tanaka', 'l1', 'APAC'),
  agent('dana', 'Dana Whitfield-Okonkwo', 'backline', 'AMER'),
]

const ORGANIZATIONS = [
  ['Kestrel Bank', 'premium-plus', 'EMEA', 0],
  ['Northwind Logistics', 'premium', 'AMER', 1],
  ['Halden & Sons Manufacturing Group International', 'premium-plus', 'EMEA', 0],
  ['Corvid Media', 'standard', 'AMER', 1],
  ['Telara Networks', 'premium', 'APAC', 2],
  ['Brightwater Health', 'premium-plus', 'AMER', 1],
  ['Sumi Robotics', 'standard', 'APAC', 2],
  ['Atlas Freight', 'premium', 'EMEA', 0],
] as const
export const organizations: readonly Organization[] = ORGANIZATIONS.map(
  ([name, plan, region, calendar], at) => ({
    id: `org-${at}`,
    name,
    plan,
    region,
    calendarId: calendars[calendar]?.id ?? '',
    policyId: policy.id,
    zone: calendars[calendar]?.zone ?? 'UTC',
  }),
)
const CONTACTS = ['Marta Kowalczyk', 'Oliver Brandt', 'Aiko Mori', 'Samuel Adeyemi', 'Ruth Feldman'] as const
export const contacts: readonly Contact[] = organizations.map((organization, at) => ({
  id: `contact-${at}`,
  organizationId: organization.id,
  name: CONTACTS[at % CONTACTS.length] ?? 'Ruth Feldman',
}))

const SUBJECTS = {
  P1: [
    'Incident feed stopped for all regions after the failover',
    'Console returns 502 for every user since 04:10 UTC',
    'No alerts ingested from any monitoring source',
  ],
  P2: [
    'Correlation lags by 20 minutes under load',
    'Webhook deliveries to PagerDuty fail with 401 since the certificate change',
    'Search over incidents times out for large tenants',
    'SSO login loops for users in the second directory',
  ],
  P3: [
    'Maintenance windows show the wrong weekday in the analytics export',
    'Tag enrichment from the CMDB misses records with umlauts in their host names, which were imported last week',
    'Cannot edit environment filters as a team admin',
    'Report of weekly noise is empty for one business unit',
  ],
  P4: [
    'How do we rotate the API keys of an integration?',
    'Feature request: dark theme in scheduled e-mail reports',
    'Documentation of the rate limits is out of date',
  ],
} as const satisfies Record<Priority, readonly [string, ...string[]]>

const SAID = [
  'Hi team,\n\nsince this morning it is much worse. Our NOC sees nothing on the wall and works from e-mail. Please treat it as urgent.\n\nLogs: https://files.kestrel.example/share/2f81c (valid for 7 days).',
  'Thanks. We restarted the agent as you asked; the queue length went from 12,400 to 0 within a minute, then grew again.',
  'Any news? Our management call is in an hour.',
  'Attached the HAR file. The request that fails is POST /api/v2/alerts, always after exactly 30 s.',
] as const
const ANSWERED = [
  'Hello,\n\nI have your logs and can see the consumer falling behind on partition 7. We are moving it to another node now; I will write again within 30 minutes, or earlier if it recovers.',
  'The change is deployed in your region. Could you confirm that new alerts arrive? The runbook is at https://docs.meridian.example/runbooks/ingest (section 3).',
  'Thank you for the file. It is the proxy in front of the endpoint that closes the connection; I have opened a change with the network team.',
] as const
const NOTED = [
  'Same pattern as the Telara case last week: the lag starts right after the hourly compaction. Asked R&D in #ingest for the patch level.',
  'Customer is preparing for an audit. Keep the tone calm and give times, not adjectives.',
] as const

/** A ticket in the shape of the rules, with a history that leads to believable clocks. */
export function madeUpTicket(
  random: Random,
  serial: number,
  now: number,
): { ticket: Ticket; messages: Message[] } {
  const priority = random.pick(['P1', 'P2', 'P2', 'P2', 'P3', 'P3', 'P3', 'P3', 'P4', 'P4'])
  const isClosed = random.next() < 0.25
  const span = { P1: 5 * HOUR, P2: 12 * HOUR, P3: 3 * DAY, P4: 4 * DAY }[priority]
  const createdAt = Math.round(now - (isClosed ? random.between(2, 30) * DAY : span * random.next() ** 2))
  const at = Math.floor(random.next() * organizations.length)
  const organization = organizations[at]
  const contact = contacts[at]
  const owner = random.next() < 0.3 && !isClosed ? undefined : random.pick(agents)
  const id = `t-${serial}`
  const events: SlaEvent[] = [{ at: createdAt, type: 'created', priority, channel: 'portal', by: 'customer' }]
  const messages: Message[] = []
  const customer = { kind: 'customer', id: contact?.id ?? '', name: contact?.name ?? 'Customer' } as const
  const say = (time: number, body: string, author: Message['author'], type: 'reply' | 'note') => {
    const entry = { id: `${id}-m${messages.length}`, ticketId: id, at: time, author, body }
    messages.push(type === 'note' ? { ...entry, type } : { ...entry, type, channel: 'portal' })
  }
  say(createdAt, SAID[0], customer, 'reply')
  let time = createdAt
  let customerAt = createdAt
  const answered = owner && random.next() < 0.85
  let status: Ticket['status'] = 'open'
  if (owner && answered) {
    const me = { kind: 'agent', id: owner.id, name: owner.name } as const
    time += (now - createdAt) * random.between(0.02, 0.3)
    messages.push({
      id: `${id}-c0`,
      ticketId: id,
      at: time,
      author: me,
      type: 'change',
      field: 'assigneeId',
      to: owner.id,
    })
    for (let round = 0; round < random.between(1, 4); round += 1) {
      time = Math.round(time + (now - time) * random.between(0.05, 0.4))
      say(time, random.pick(ANSWERED), me, 'reply')
      events.push({ at: time, type: 'replied', by: 'agent', public: true })
      if (random.next() < 0.4) say(time + MINUTE, random.pick(NOTED), me, 'note')
      time = Math.round(time + (now - time) * random.between(0.05, 0.5))
      if (random.next() < 0.6) {
        say(time, random.pick(SAID), customer, 'reply')
        customerAt = time
      }
    }
    const end = isClosed
      ? random.pick(['solved', 'closed'])
      : random.pick(['open', 'open', 'waiting-on-customer', 'on-hold'])
    if (end !== 'open') {
      events.push({ at: time, type: 'status', to: end })
      messages.push({
        id: `${id}-c1`,
        ticketId: id,
        at: time,
        author: me,
        type: 'change',
        field: 'status',
        from: 'open',
        to: end,
      })
      status = end
    }
  }
  const ticket: Ticket = {
    id,
    number: `MER-${10_400 + serial}`,
    subject: random.pick(SUBJECTS[priority]),
    organizationId: organization?.id ?? '',
    requesterId: contact?.id,
    plan: organization?.plan ?? 'standard',
    policyId: policy.id,
    calendarId: organization?.calendarId ?? '',
    region: organization?.region ?? 'EMEA',
    priority,
    status,
    channel: 'portal',
    ...(owner ? { assigneeId: owner.id } : {}),
    tags: random.next() < 0.3 ? ['ingest'] : [],
    createdAt,
    updatedAt: time,
    customerAt,
    slaEvents: events,
    changedIn: {},
  }
  return { ticket, messages }
}

export function madeUpTickets(count: number, now: number) {
  const random = seeded(42)
  return Array.from({ length: count }, (_, serial) => madeUpTicket(random, serial, now))
}
