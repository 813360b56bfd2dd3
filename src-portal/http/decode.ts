import { z } from 'zod'
import { MAX_PAGE, MAX_REQUEST_BYTES } from '#shared/portal/protocol'
import { readBytes } from './body'
import { ProblemError } from './problem'

export const DEFAULT_PAGE = 500

/** Records of one page, as a parameter: text of a whole number. */
export const pageLimit = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1).max(MAX_PAGE))
  .default(DEFAULT_PAGE)
const cursor = z.string().min(1).max(1000)

export const bootstrapQuery = z.strictObject({ after: cursor.optional(), limit: pageLimit })
export const changesQuery = z.strictObject({ after: cursor, limit: pageLimit })

/** Decodes what a request carries. @throws ProblemError naming the first field that is wrong */
export function decodeInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const decoded = schema.safeParse(input)
  if (decoded.success) return decoded.data
  const [issue] = decoded.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const field = [...(issue?.path ?? []), ...unknown].join('.')
  throw new ProblemError('bad-request', `${field || 'body'}: ${issue?.message ?? 'is invalid'}`, {
    field: field || undefined,
  })
}

/**
 * The JSON body of a request.
 * @throws ProblemError for another type, more than MAX_REQUEST_BYTES, or text that isn't JSON
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, 'application/json', MAX_REQUEST_BYTES)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ProblemError('bad-json', error instanceof Error ? error.message : undefined)
  }
}
