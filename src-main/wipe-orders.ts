import { z } from 'zod'
import { type Wipe, wipeSchema } from '#shared/ipc'
import { readIfThere, removeDurably, writeDurably } from './durable-file'

/** What is to be removed of a person's data on this computer. */
export type WipeOrder = { readonly profile: string; readonly what: Wipe }

const fileSchema = z.object({
  version: z.literal(1),
  orders: z.array(z.object({ profile: z.string().max(250), what: wipeSchema })).max(1000),
})

/**
 * Removing somebody's data takes the engine, which owns the databases, and may be cut off anywhere. So it is written
 * down before they are signed out, and done again at each start until it is done.
 */
export type WipeOrders = {
  /** Resolves once it is on the disk. Of two for the same person the one that removes more counts. */
  order(order: WipeOrder): Promise<void>
  pending(): Promise<readonly WipeOrder[]>
  /** It is done, unless more has been ordered meanwhile; resolves once that is on the disk. */
  done(order: WipeOrder): Promise<void>
  /** Resolves when nothing is to be removed for this person. */
  gone(profile: string): Promise<void>
}

/** @param report told of a file that could not be read; what it asked for is then not done */
export function wipeOrders(file: string, report: (problem: string) => void): WipeOrders {
  let turn: Promise<unknown> = Promise.resolve()
  const waiting = new Map<string, Set<() => void>>()

  async function read(): Promise<readonly WipeOrder[]> {
    const text = await readIfThere(file)
    if (text === undefined) return []
    try {
      return fileSchema.parse(JSON.parse(text)).orders
    } catch {
      report(`${file} is not readable; data that was to be removed may still be there`)
      return []
    }
  }
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }
  async function write(orders: readonly WipeOrder[]): Promise<void> {
    if (orders.length === 0) await removeDurably(file)
    else await writeDurably(file, JSON.stringify({ version: 1, orders }))
  }

  return {
    order: (order) =>
      inTurn(async () => {
        const orders = await read()
        const before = orders.find(({ profile }) => profile === order.profile)
        const what = before?.what === 'everything' ? before.what : order.what
        await write([...orders.filter(({ profile }) => profile !== order.profile), { ...order, what }])
      }),
    pending: () => inTurn(read),
    async done({ profile, what }) {
      const rest = await inTurn(async () => {
        const orders = (await read()).filter((order) => order.profile !== profile || order.what !== what)
        await write(orders)
        return orders
      })
      if (rest.some((order) => order.profile === profile)) return
      for (const go of waiting.get(profile) ?? []) go()
      waiting.delete(profile)
    },
    async gone(profile) {
      const orders = await inTurn(read)
      if (!orders.some((order) => order.profile === profile)) return
      await new Promise<void>((resolve) => {
        const set = waiting.get(profile) ?? new Set()
        waiting.set(profile, set.add(resolve))
      })
    },
  }
}
