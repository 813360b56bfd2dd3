import { z } from 'zod'

/** Kinds that come before the tickets, in the order in which a desk needs them. */
export const referenceKinds = [
  'policy',
  'calendar',
  'agent',
  'organization',
  'contact',
  'notice',
  'view',
  'macro',
  'rota',
  'handoff',
] as const

/** What a bootstrap goes through, in order. `stray`: messages whose ticket is gone. */
export const phases = [...referenceKinds, 'open', 'closed', 'stray'] as const
export type Phase = (typeof phases)[number]

const id = z
  .string()
  .max(120)
  .refine((text) => !text.includes('\0'))
const count = z.number().int().nonnegative()

/**
 * How far a bootstrap has come: everything the next page needs, so that the portal remembers nothing and any page
 * can be asked for again.
 */
const positionSchema = z.strictObject({
  generation: z.string(),
  /** Version of the workspace when the first page was read. */
  version: count,
  total: count,
  done: count,
  phase: z.enum(phases),
  /** Last id that was given in this phase. */
  id: id.optional(),
  /** When that ticket began: tickets are paged by this and their id. */
  sortAt: z.number().int().optional(),
  /** Last message given of that ticket, when more of its messages are to come. */
  message: id.optional(),
})
export type Position = z.output<typeof positionSchema>

export function formatPosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** The position, or undefined for text that this portal never wrote. */
export function parsePosition(text: string): Position | undefined {
  try {
    const decoded = positionSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    return decoded.success ? decoded.data : undefined
  } catch {
    return undefined
  }
}
