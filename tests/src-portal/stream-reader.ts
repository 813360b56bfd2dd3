import { type PresenceEvent, pokeSchema, presenceEventSchema } from '../../src-shared/portal/calls'
import type { TestPortal } from './fixture'

export type StreamReader = {
  /** The next event; undefined when the stream has ended. */
  readonly next: () => Promise<{ event: string; data: unknown } | undefined>
  /** The cursor of the next poke, past all else. */
  readonly poke: () => Promise<string>
  /** The next presence event, past all else. */
  readonly presence: () => Promise<PresenceEvent>
  readonly cancel: () => Promise<void>
}

/** Reads a portal's stream event by event. */
export async function readStream(portal: TestPortal, token = portal.token): Promise<StreamReader> {
  const response = await portal.fetch('/v1/stream', { headers: { authorization: `Bearer ${token}` } })
  const type = response.headers.get('content-type')
  if (type !== 'text/event-stream') throw new Error(`no stream: ${response.status} ${type}`)
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next: StreamReader['next'] = async () => {
    for (;;) {
      const [, event, data, rest] = /^event: (\S+)\ndata: ([^\n]*)\n\n([\s\S]*)$/.exec(text) ?? []
      if (event && data) {
        text = rest ?? ''
        return { event, data: JSON.parse(data) }
      }
      const { done, value } = await reader.read()
      if (done) return undefined
      text += value
    }
  }
  const find = async (event: string) => {
    for (let found = await next(); found; found = await next()) if (found.event === event) return found.data
    throw new Error('the stream ended')
  }
  return {
    next,
    poke: async () => pokeSchema.parse(await find('poke')).cursor,
    presence: async () => presenceEventSchema.parse(await find('presence')),
    cancel: () => reader.cancel(),
  }
}
