import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { assertNever } from '#shared/assert-never'
import type { Canned, Fault, Page } from './fault'

/** An answer with its whole body. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Written at once where a fault wants a lot of it. */
const CHUNK = 64 * 1024

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.byteLength) })
  response.end(body)
}

export function sendHalf(
  response: ServerResponse,
  answer: Answer,
  ends: Extract<Fault, { kind: 'half' }>['ends'],
): void {
  const { status, headers, body } = answer
  switch (ends) {
    case 'as if whole':
      send(response, { ...answer, body: halfOf(body) })
      break
    case 'in gzip': {
      const packed = { ...headers, 'content-encoding': 'gzip' }
      send(response, { status, headers: packed, body: halfOf(gzipSync(body)) })
      break
    }
    case 'early':
    case 'by reset': {
      const { socket } = response
      response.writeHead(status, { ...headers, 'content-length': String(body.byteLength) })
      // Only once it is on its way: a reset takes back what is still waiting.
      response.write(halfOf(body), () => (ends === 'early' ? socket?.end() : socket?.resetAndDestroy()))
      break
    }
    default:
      assertNever(ends, 'end')
  }
}

function halfOf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.byteLength / 2))
}

/** @returns resolves when the last piece is sent, or nobody wants it any more */
export function drip(
  response: ServerResponse,
  { status, headers, body }: Answer,
  { bytes, everyMs }: { readonly bytes: number; readonly everyMs: number },
  after: (ms: number, callback: () => void) => void,
): Promise<void> {
  response.writeHead(status, { ...headers, 'content-length': String(body.byteLength) })
  return new Promise((done) => {
    const piece = (from: number): void => {
      response.write(body.subarray(from, from + bytes))
      if (from + bytes < body.byteLength && !response.destroyed) {
        after(everyMs, () => piece(from + bytes))
      } else {
        response.end()
        done()
      }
    }
    piece(0)
  })
}

/** A page that begins well and has a cursor of `bytes`. */
export function flood(response: ServerResponse, bytes: number, onSent: (bytes: number) => void): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{"records":[],"more":false,"cursor":"')
  const chunk = Buffer.alloc(CHUNK, 'x')
  const more = (left: number): void => {
    if (response.destroyed) return
    if (left <= 0) {
      response.end('"}')
      return
    }
    onSent(chunk.byteLength)
    response.write(chunk, () => more(left - chunk.byteLength))
  }
  more(bytes)
}

/** A stream that opens well. */
export function badStream(response: ServerResponse, then: Extract<Fault, { kind: 'stream' }>['then']): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  switch (then) {
    case 'silence':
    case 'only heartbeats':
      response.flushHeaders()
      break
    case 'cut':
      response.write(': hello\n\n', () => response.socket?.resetAndDestroy())
      break
    case 'rubbish':
      response.write('\u0000\u0001 no event: at all\n\nevent: poke\ndata: not json\n\nevent:\n\n<html>\n')
      break
    case 'endless line':
      response.write(`data: ${'x'.repeat(200_000)}`)
      break
    default:
      assertNever(then, 'stream')
  }
}

const emptyPages = {
  bootstrap: (n: number) => ({
    next: `page-${n}`,
    progress: { done: 0, total: 9, openDone: false },
    cursor: 'c',
  }),
  changes: (n: number) => ({ cursor: `page-${n}`, more: true }),
}

/**
 * @param now the portal's clock, from which dates are reckoned
 * @param times how often this answer has been given, 1 at first
 */
export function canned(given: Canned, now: number, times: number): Answer {
  const { status, endless, type, location, retryAfter } = given
  const body = endless ? JSON.stringify({ records: [], ...emptyPages[endless](times) }) : (given.body ?? '')
  const wait = typeof retryAfter === 'object' ? new Date(now + retryAfter.dateInMs).toUTCString() : retryAfter
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(location === undefined ? {} : { location }),
    ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
  }
  return { status, headers, body: Buffer.from(body) }
}

export function pageOf({ body }: Answer): Page {
  return JSON.parse(body.toString('utf8'))
}
