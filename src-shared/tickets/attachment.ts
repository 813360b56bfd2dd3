import { z } from 'zod'

/** Upper bounds, told to the person before a file is taken: bytes of one file, files of one message. */
export const MAX_ATTACHMENT_BYTES = 10 * 1024 * 1024
export const MAX_ATTACHMENTS = 10

/** Control characters, separators of paths, and marks that turn the direction of a name around to hide its end. */
const MISLEADING = /[\p{Cc}\p{Cf}/\\]/u

/** A file that goes with a message. Its bytes are stored on the portal under its id, which the desk makes. */
export const attachmentSchema = z.strictObject({
  id: z.uuid(),
  name: z
    .string()
    .min(1)
    .max(200)
    .refine((name) => !MISLEADING.test(name) && name.trim() === name && !/^\.+$/.test(name), {
      error: 'must be a plain file name',
    }),
  /** As the system of its sender calls it; nobody relies on it. */
  type: z
    .string()
    .max(100)
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type')
    .or(z.literal('')),
  size: z
    .number()
    .int()
    .min(1, 'this file is empty')
    .max(MAX_ATTACHMENT_BYTES, 'this file is larger than 10 MB'),
})
export type Attachment = z.infer<typeof attachmentSchema>

/** The name a file may have in a message: what misleads becomes an underscore. */
export function plainName(name: string): string {
  const plain = name.replace(new RegExp(MISLEADING, 'gu'), '_').trim().slice(0, 200).trim()
  return plain === '' || /^\.+$/.test(plain) ? 'file' : plain
}
