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

/** Bytes as people say them: `640 B`, `12 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/**
 * Why a file can't go with a message, for the person; `undefined` when it can.
 * @param already how many files go with the message without it
 */
export function whyNotAttach(
  file: { readonly name: string; readonly size: number },
  already: number,
): string | undefined {
  const name = `“${plainName(file.name)}”`
  if (already >= MAX_ATTACHMENTS)
    return `${name} is one too many: at most ${MAX_ATTACHMENTS} files go with a message`
  if (file.size === 0) return `${name} is empty`
  if (file.size > MAX_ATTACHMENT_BYTES) {
    return `${name} is too large (${sizeText(file.size)}): a file may have ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB`
  }
  return undefined
}

/** The media type as a message may carry it: empty for what a system calls otherwise. */
export function plainType(type: string): string {
  const [plain = ''] = type.split(';')
  return attachmentSchema.shape.type.safeParse(plain.trim()).data ?? ''
}
