import { ProblemError } from './problem'

/**
 * The bytes of a body, counted while they arrive: a length that lies or is missing doesn't help to send more.
 * @throws ProblemError for another type or more than `most`
 */
export async function readBytes(request: Request, type: string, most: number): Promise<Uint8Array> {
  const given = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (given !== type) {
    const code = type === 'application/json' ? 'not-json' : 'wrong-type'
    throw new ProblemError(code, `this is ${given ?? 'untyped'}`, { field: 'content-type' })
  }
  const tooLarge = () => new ProblemError('too-large', `at most ${most} bytes are taken`)
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength
    if (size > most) {
      await reader?.cancel()
      throw tooLarge()
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}
