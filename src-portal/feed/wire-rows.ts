import type { WireRecord } from '#shared/portal/records'

/** A row of `records` as both drivers give it; bigint arrives as text, which is why it is selected as one. */
export type RecordRow = {
  readonly kind: string
  readonly id: string
  readonly version: string
  readonly value: unknown
}

/** The record as it travels; one without a value is a tombstone. */
export function wireRecord({ kind, id, version, value }: RecordRow): WireRecord {
  const record = { kind, id, version: Number(version) }
  return value === null ? record : { ...record, value }
}
