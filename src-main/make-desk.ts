import { z } from 'zod'
import { type Answer, type Contract, channelOf, type Desk, type DeskError } from '#shared/ipc'

/** The two ways of a window to main, without the events that come with them. */
export type Wire = {
  invoke(channel: string, input: unknown): Promise<unknown>
  listen(channel: string, listener: (payload: unknown) => void): void
}

type AnyMember =
  | { readonly kind: 'call'; readonly input: z.ZodType; readonly output: z.ZodType }
  | { readonly kind: 'push'; readonly payload: z.ZodType }

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
]) satisfies z.ZodType<Answer>

/**
 * Builds `window.desk` from the contract: one named function per call and push, nothing general. Instants are encoded
 * and decoded here, so that the windows deal in epoch ms.
 */
export function makeDesk(contract: Contract, wire: Wire): Desk {
  const groups = Object.entries(contract).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.entries(members).map(([name, member]: [string, AnyMember]) => {
        const channel = channelOf(group, name)
        return [
          name,
          member.kind === 'call' ? caller(channel, member, wire) : subscriber(channel, member, wire),
        ]
      }),
    ),
  ])
  // Built by a loop over the contract's own names, which the compiler can't follow.
  return Object.fromEntries(groups) as Desk
}

function caller(
  channel: string,
  member: Extract<AnyMember, { kind: 'call' }>,
  wire: Wire,
): (input: unknown) => Promise<unknown> {
  return async (input) => {
    const encoded = member.input.safeEncode(input)
    if (!encoded.success) throw deskError('bad-input', `${channel}: ${encoded.error.issues[0]?.message}`)
    const answer = answerSchema.parse(await wire.invoke(channel, encoded.data))
    if (!answer.ok) throw deskError(answer.error.code, answer.error.message)
    return member.output.decode(answer.value)
  }
}

/**
 * A push that arrives before anyone listens is kept, the last one, for the first listener: a click on a notification
 * may open the window that is to be told of it.
 */
function subscriber(
  channel: string,
  member: Extract<AnyMember, { kind: 'push' }>,
  wire: Wire,
): (listener: (payload: unknown) => void) => () => void {
  const listeners = new Set<(payload: unknown) => void>()
  let missed: { readonly payload: unknown } | undefined
  wire.listen(channel, (encoded) => {
    const payload = member.payload.decode(encoded)
    if (listeners.size === 0) missed = { payload }
    for (const listener of listeners) listener(payload)
  })
  return (listener) => {
    listeners.add(listener)
    if (missed !== undefined) {
      const { payload } = missed
      missed = undefined
      listener(payload)
    }
    return () => {
      listeners.delete(listener)
    }
  }
}

/** A plain object, since an Error loses all but its message between the worlds. */
function deskError(code: string, message: string): DeskError {
  return { code, message }
}
