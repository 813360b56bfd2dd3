import { z } from 'zod'
import { planSchema, prioritySchema } from '#shared/sla/policy'
import { agentSchema } from '#shared/tickets/people'
import agentsJson from '../../resources/demo/agents.json' with { type: 'json' }
import customersJson from '../../resources/demo/customers.json' with { type: 'json' }
import phrasesJson from '../../resources/demo/phrases.json' with { type: 'json' }
import scenariosP1 from '../../resources/demo/scenarios-p1.json' with { type: 'json' }
import scenariosP2 from '../../resources/demo/scenarios-p2.json' with { type: 'json' }
import scenariosP3 from '../../resources/demo/scenarios-p3.json' with { type: 'json' }
import scenariosP4 from '../../resources/demo/scenarios-p4.json' with { type: 'json' }

const text = z.string().min(1)
const texts = z.array(text).min(1)
/** Greetings and closings may be empty: many people write without. */
const perhaps = z.array(z.string()).min(1)

/** A problem customers come with, and everything that is said about it: resources/demo/scenarios-*.json. */
const scenarioSchema = z.strictObject({
  id: z.string(),
  area: z.enum([
    'alerts',
    'correlation',
    'integrations',
    'enrichment',
    'maps',
    'analytics',
    'admin',
    'console',
  ]),
  priorities: z.array(prioritySchema).min(1),
  tags: z.array(z.string()),
  /** Values of its own: one of each is drawn per ticket and stays the same through the conversation. */
  /** The nth `info`, `findings` and `fix` belong to the nth `opening` alone. */
  paired: z.boolean().default(false),
  vars: z.record(z.string(), texts).default({}),
  subjects: texts,
  /** The customer's first words. */
  opening: texts,
  /** The agent's first answer; it asks for what `info` then tells. */
  ack: texts,
  info: texts,
  /** Internal notes, in the order in which they are found. */
  findings: texts,
  /** Public word in between, while work goes on. */
  update: texts.optional(),
  /** The solution, workaround or answer. */
  fix: texts,
  /** The customer after the fix, when this problem deserves words of its own. */
  confirm: texts.optional(),
  /** The course of action, as part of a sentence: what is proposed or done as a workaround. */
  plan: texts,
  /** How the case is put to the backline, but for the situation. */
  escalation: z.strictObject({ tried: text, assessment: text, ask: text }),
})
export type Scenario = z.infer<typeof scenarioSchema>

const phrasesSchema = z.strictObject({
  /** Greetings and closings by manner of writing; `{contact}`, `{agent}`, `{me}` and `{full}` are filled. */
  customerVoices: z.array(
    z.strictObject({ opening: perhaps, closing: perhaps, later: perhaps, laterClosing: perhaps }),
  ),
  agentVoices: z.array(z.strictObject({ opening: perhaps, closing: perhaps })),
  industries: z.record(z.string(), texts),
  autoReply: texts,
  call: texts,
  callClosing: texts,
  claimNote: texts,
  /** Words in between that fit every problem. */
  progress: texts,
  /** The same while everything else waits. */
  stillOn: texts,
  watching: texts,
  /** Ends of internal notes: facts that only the ticket at hand knows. */
  noteTails: texts,
  /** The first part of an escalation, by how much it hurts. */
  situation: z.strictObject({ urgent: texts, normal: texts, question: texts }),
  /** Why the backline gives an escalation back. */
  returned: z.strictObject({ fault: texts, question: texts }),
  handBack: texts,
  /** The sentence in a public word that says when the next one comes. */
  promise: texts,
  callOut: texts,
  callIn: texts,
  /** The note with which a ticket goes back into the queue. */
  release: texts,
  link: texts,
  unlink: texts,
  mergeReply: texts,
  mergeNote: texts,
  excuse: texts,
  chase: texts,
  /** `hold` is the internal note to the public word at the same place in `holdUpdate`. */
  hold: texts,
  holdUpdate: texts,
  proposed: texts,
  proposedAgain: texts,
  workaround: texts,
  confirm: texts,
  reopen: texts,
  reopenAck: texts,
  impatient: texts,
  solve: texts,
  raise: texts,
  lower: texts,
  /** The reason to the note at the same place in `cancelNote`. */
  cancel: texts,
  cancelNote: texts,
})

const customerSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Prefix of its host names. */
  code: z.string(),
  domain: z.string(),
  industry: z.string(),
  plan: planSchema,
  region: z.enum(['AMER', 'EMEA', 'APAC']),
  calendarId: z.string(),
  /** Where it is, when its working calendar has another zone. */
  zone: z.string().optional(),
  contacts: z.array(z.string()).min(1),
})
export type Customer = z.infer<typeof customerSchema>

const sceneryAgentSchema = agentSchema.extend({
  /** What the sign-in page says of those one can sign in as. */
  about: z.string().optional(),
})
export type SceneryAgent = z.infer<typeof sceneryAgentSchema>

export const agents: readonly SceneryAgent[] = z.array(sceneryAgentSchema).parse(agentsJson)
export const customers: readonly Customer[] = z.array(customerSchema).parse(customersJson)
export const phrases = phrasesSchema.parse(phrasesJson)
export const scenarios: readonly Scenario[] = z
  .array(scenarioSchema)
  .parse([...scenariosP1, ...scenariosP2, ...scenariosP3, ...scenariosP4])
