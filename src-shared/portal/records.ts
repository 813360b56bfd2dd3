import { z } from 'zod'
import { handoffSchema } from '../handoff/handoff'
import { savedViewSchema } from '../queue/saved-view'
import { rotaSchema } from '../shifts/rota'
import { policySchema } from '../sla/policy'
import { macroSchema } from '../tickets/macro'
import { messageSchema } from '../tickets/message'
import { agentSchema, contactSchema, organizationSchema } from '../tickets/people'
import { ticketSchema } from '../tickets/ticket'
import { calendarSchema } from '../time/calendar'
import { noticeSchema } from '../uptime/notice'

/** What a value of each kind of record looks like. A new kind is one line here. */
export const recordValues = {
  ticket: ticketSchema,
  message: messageSchema,
  organization: organizationSchema,
  contact: contactSchema,
  agent: agentSchema,
  policy: policySchema,
  calendar: calendarSchema,
  notice: noticeSchema,
  macro: macroSchema,
  view: savedViewSchema,
  rota: rotaSchema,
  handoff: handoffSchema,
} as const

export type RecordKind = keyof typeof recordValues
export type RecordValue<K extends RecordKind> = z.output<(typeof recordValues)[K]>
export const recordKinds = Object.keys(recordValues) as readonly RecordKind[]

/** How a record travels: its value is decoded by kind, so that one bad or unknown record doesn't spoil a page. */
export const wireRecordSchema = z.object({
  kind: z.string().max(40),
  id: z.string().min(1).max(120),
  version: z.number().int().positive(),
  /** Absent: the record was deleted (a tombstone). */
  value: z.unknown().optional(),
})
export type WireRecord = z.infer<typeof wireRecordSchema>

/** A record read from the wire: instants are epoch ms. */
export type PortalRecord = {
  [K in RecordKind]: {
    readonly kind: K
    readonly id: string
    readonly version: number
    readonly value: RecordValue<K> | undefined
  }
}[RecordKind]

export type RecordProblem = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly problem: string
}

function isKind(kind: string): kind is RecordKind {
  return Object.hasOwn(recordValues, kind)
}

/** Decodes one record; a kind this desk doesn't know or a value that doesn't fit is a problem that names the field. */
export function decodeRecord(wire: WireRecord): { record: PortalRecord } | { problem: RecordProblem } {
  const { kind, id, version } = wire
  if (!isKind(kind)) return { problem: { kind, id, version, problem: `unknown kind of record "${kind}"` } }
  if (wire.value === undefined || wire.value === null) {
    return { record: { kind, id, version, value: undefined } as PortalRecord }
  }
  const decoded = recordValues[kind].safeDecode(wire.value as never)
  if (decoded.success) return { record: { kind, id, version, value: decoded.data } as PortalRecord }
  const issue = decoded.error.issues[0]
  const field = issue?.path.join('.') || '(value)'
  return {
    problem: { kind, id, version, problem: `${kind} ${id}: ${field} ${issue?.message ?? 'is invalid'}` },
  }
}

/** The wire form of a value: instants as ISO text. Throws a ZodError when the value breaks its schema. */
export function encodeValue<K extends RecordKind>(kind: K, value: RecordValue<K>): unknown {
  return recordValues[kind].encode(value as never)
}
