import { type Policy, policySchema } from '#shared/sla/policy'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import { decode, type Problem } from '#shared/time/decode'

export type FileCheck =
  | { readonly ok: true; readonly kind: 'policy'; readonly id: string; readonly value: Policy }
  | { readonly ok: true; readonly kind: 'calendar'; readonly id: string; readonly value: Calendar }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads the text of a policy pack or a calendar and says what is wrong with it, field by field. */
export function checkFile(text: string): FileCheck {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return refused('is not JSON', error.message)
    throw error
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused('is not a JSON object', 'a policy pack or a calendar begins with {')
  }
  const kind = 'targets' in value ? 'policy' : 'zone' in value || 'week' in value ? 'calendar' : undefined
  if (kind === undefined)
    return refused('is neither', "a policy pack has 'targets', a calendar has 'zone' and 'week'")
  if (kind === 'policy') {
    const decoded = decode(policySchema, value)
    return decoded.ok
      ? { ok: true, kind, id: decoded.value.id, value: decoded.value }
      : refuse(decoded, value)
  }
  const decoded = decode(calendarSchema, value)
  return decoded.ok ? { ok: true, kind, id: decoded.value.id, value: decoded.value } : refuse(decoded, value)
}

function refuse(decoded: { readonly problems: readonly Problem[] }, value: unknown): FileCheck {
  const problems = decoded.problems.map(({ field, message }) => ({
    field,
    message: `${message}${found(value, field)}`,
  }))
  return { ok: false, problems }
}

function refused(what: string, why: string): FileCheck {
  return { ok: false, problems: [{ field: 'file', message: `${what}: ${why}` }] }
}

/** The value at fault, where the message does not already quote it. */
function found(value: unknown, field: string): string {
  let at: unknown = value
  for (const part of field.split(/[.[\]]+/).filter((name) => name !== '')) {
    if (typeof at !== 'object' || at === null) return ''
    at = Object.entries(at).find(([name]) => name === part)?.[1]
  }
  if (at === undefined) return ' (it is missing)'
  const text = JSON.stringify(at)
  return text.length > 80 ? '' : ` (found ${text})`
}
