import { z } from 'zod'
import { statusSchema } from '../sla/policy'
import { MAX_BODY } from './message'

const id = z.string().min(1).max(100)

/** A text that is written again and again, with `{{variables}}` that are filled in where it is used. */
export const macroSchema = z.object({
  id,
  name: z.string().trim().min(1, 'give the macro a name').max(80),
  /** Whose macro it is; absent: everybody's. */
  ownerId: id.optional(),
  kind: z.enum(['reply', 'note']),
  body: z.string().min(1, 'a macro needs a text').max(MAX_BODY),
  /** What is proposed together with the text. */
  status: statusSchema.optional(),
  tags: z.array(z.string().trim().toLowerCase().min(1).max(50)).max(10).optional(),
})
export type Macro = z.infer<typeof macroSchema>
