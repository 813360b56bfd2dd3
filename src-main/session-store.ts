import { z } from 'zod'
import { agentSchema } from '#shared/tickets/people'
import { readIfThere, removeDurably, writeDurably } from './durable-file'
import { sealedSchema } from './keychain'

const remoteSchema = z.object({
  kind: z.literal('remote'),
  base: z.string().max(2000),
  /** SHA-256 of the token: recognises a token given again, such as by a flag, without keeping it. */
  tokenDigest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Absent when there was no keychain, or the person did not want the token kept. */
  token: sealedSchema.optional(),
})

const storedSessionSchema = z.object({
  version: z.literal(1),
  workspace: z.object({ id: z.string().min(1).max(120), name: z.string().max(200) }),
  agent: agentSchema,
  portal: z.discriminatedUnion('kind', [remoteSchema, z.object({ kind: z.literal('demo') })]),
  kept: z.enum(['kept', 'session-only', 'no-keychain']),
})
/** Who was signed in last. With it the desk opens offline, without asking the portal. */
export type StoredSession = z.infer<typeof storedSessionSchema>

export type SessionStore = {
  read(): Promise<StoredSession | undefined>
  write(session: StoredSession): Promise<void>
  clear(): Promise<void>
}

/** @param report told of a file that could not be understood; the person then signs in again */
export function sessionStore(file: string, report: (problem: string) => void): SessionStore {
  return {
    async read() {
      const text = await readIfThere(file)
      if (text === undefined) return undefined
      const session = decode(text)
      if (session === undefined) report(`${file} is not a stored sign-in of this version; it is ignored`)
      return session
    },
    write: (session) => writeDurably(file, JSON.stringify(storedSessionSchema.encode(session))),
    clear: () => removeDurably(file),
  }
}

function decode(text: string): StoredSession | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const decoded = storedSessionSchema.safeDecode(value as z.input<typeof storedSessionSchema>)
  return decoded.success ? decoded.data : undefined
}
