import type { z } from 'zod'
import { type Contract, channelOf, contract, type Push } from '#shared/ipc'

type PushNames<G> = { [N in keyof G]: G[N] extends { kind: 'push' } ? N : never }[keyof G]
type Payload<P> = P extends Push<infer S> ? z.output<S> : never

/** A push ready to be sent: its channel, and its payload in encoded form. */
export type EncodedPush = { readonly channel: string; readonly payload: unknown }

/** Encodes a push of the contract. */
export function encodePush<G extends keyof Contract & string, N extends PushNames<Contract[G]> & string>(
  group: G,
  name: N,
  payload: Payload<Contract[G][N]>,
): EncodedPush {
  const member = contract[group][name] as unknown as Push<z.ZodType>
  return { channel: channelOf(group, name), payload: member.payload.encode(payload) }
}
