/** More than this is no answer of a portal, whatever was asked; a page of a thousand records is about a megabyte. */
export const MOST_BYTES = 32_000_000

/** An answer that was given up because of its size. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

/**
 * The body as text. Ends with `signal` on every runtime, also where aborting a request leaves its body open.
 * @throws TooLargeError beyond MOST_BYTES; the rest is left unread
 */
export function boundedText(response: Response, signal: AbortSignal): Promise<string> {
  if (!response.body) return response.text()
  let bytes = 0
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        bytes += part.byteLength
        if (bytes > MOST_BYTES) throw new TooLargeError()
        controller.enqueue(part)
      },
    }),
    { signal },
  )
  return new Response(counted).text()
}
