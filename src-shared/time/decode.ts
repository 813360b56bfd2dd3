import type { z } from 'zod'

/** What is wrong with a value that came from outside. `field` is its path, such as `week.mon[0]`. */
export type Problem = { readonly field: string; readonly message: string }

export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] }

/** Reads a value from outside: a typed value, or every problem with the field it is in. Never throws. */
export function decode<S extends z.ZodType>(schema: S, input: unknown): Decoded<z.output<S>> {
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, value: result.data }
  const [first, ...rest] = result.error.issues.map((issue) => ({
    field: fieldPath(issue.path),
    message: issue.message,
  }))
  return { ok: false, problems: [first ?? { field: '', message: 'cannot be read' }, ...rest] }
}

/** `['week', 'mon', 0]` as people write it: `week.mon[0]` */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}
