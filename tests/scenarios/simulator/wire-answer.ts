/** What of a `Response` a desk reads. The platform's own takes far longer to make than all the rest of an answer. */
export type WireAnswer = {
  readonly status: number
  /** `undefined`: it breaks off. */
  readonly body: string | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/**
 * @param arrive makes something an event of its own: a body comes after its head
 * @param signal ends the wait for the body as well
 */
export function responseOf(
  answer: WireAnswer,
  arrive: (task: () => void) => void,
  signal: AbortSignal | null | undefined,
): Response {
  const { status, body, headers } = answer
  return {
    status,
    ok: status >= 200 && status < 300,
    body: null,
    headers: readable(headers),
    text: () =>
      new Promise<string>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
        arrive(() => (body === undefined ? reject(new TypeError('terminated')) : resolve(body)))
      }),
  } as unknown as Response
}

export function streamResponse(body: ReadableStream<Uint8Array>, headers: WireAnswer['headers']): Response {
  return { status: 200, ok: true, body, headers: readable(headers) } as unknown as Response
}

function readable(headers: WireAnswer['headers']): Pick<Headers, 'get'> {
  const values = new Map(headers)
  return { get: (name) => values.get(name) ?? null }
}
