import type { Attachment } from '#shared/tickets/attachment'
import { DeskFailure } from './desk-failure'

/**
 * The bytes of a file of a message, from the portal of whoever is signed in.
 * @param ask answers a `portal:` address (portal-scheme.ts), which adds the token
 * @throws DeskFailure in words for the person when they are not there, or not what the message says
 */
export async function askedFile(
  { id, name, size }: Pick<Attachment, 'id' | 'name' | 'size'>,
  ask: (request: Request) => Promise<Response>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await ask(new Request(`portal://api/v1/attachments/${encodeURIComponent(id)}`))
  if (answer.status === 404) throw new DeskFailure('not-there', `The portal does not have “${name}” any more`)
  if (!answer.ok) throw new DeskFailure('not-fetched', `“${name}” could not be fetched: ${await why(answer)}`)
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of partsOf(answer)) {
      bytes += part.byteLength
      if (bytes > Math.min(size, mostBytes)) break
      parts.push(part)
    }
  } catch {
    throw new DeskFailure('not-fetched', `“${name}” broke off on its way: try again`)
  }
  if (bytes !== size || bytes > mostBytes)
    throw new DeskFailure('not-fetched', `“${name}” is not as large as its message says: it was not saved`)
  return new Uint8Array(Buffer.concat(parts))
}

async function* partsOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  for (;;) {
    const part = await reader?.read()
    if (!part || part.done) return
    yield part.value
  }
}

async function why(answer: Response): Promise<string> {
  try {
    const said: unknown = JSON.parse(await answer.text())
    if (typeof said === 'object' && said !== null) {
      if ('detail' in said && typeof said.detail === 'string') return said.detail
      if ('title' in said && typeof said.title === 'string') return said.title
    }
  } catch {
    // What isn't JSON says no more than its status.
  }
  return `the portal answered ${answer.status}`
}
