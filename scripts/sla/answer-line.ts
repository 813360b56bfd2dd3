import type { z } from 'zod'
import { decode } from '#shared/time/decode'
import { FieldError } from '#shared/time/field-error'

/** A kind of case: how it is read and what is answered. */
export type Question<S extends z.ZodType> = {
  readonly schema: S
  readonly answer: (input: z.output<S>) => object
}

/**
 * One line out for one line in (sla.md §5): `{"id", …}`, or `{"id","error"}` that names the field.
 * What is not a fault of the case but of this program is thrown.
 */
export function answerLine<S extends z.ZodType>(question: Question<S>, line: string): string {
  if (line.trim() === '') return JSON.stringify({ id: null, error: 'line: is empty' })
  const value = parseJson(line)
  if (value === undefined) return JSON.stringify({ id: null, error: 'line: is not JSON' })
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify({ id: null, error: 'line: is not an object' })
  }
  const id = 'id' in value ? value.id : undefined
  if (typeof id !== 'string' && typeof id !== 'number') {
    return JSON.stringify({ id: null, error: 'id: must be a string' })
  }
  const decoded = decode(question.schema, value)
  if (!decoded.ok) {
    const [{ field, message }] = decoded.problems
    return JSON.stringify({ id, error: `${field}: ${message}` })
  }
  try {
    return JSON.stringify({ id, ...question.answer(decoded.value) })
  } catch (error) {
    if (error instanceof FieldError) return JSON.stringify({ id, error: error.message })
    throw error
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
