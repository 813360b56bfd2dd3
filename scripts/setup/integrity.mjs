import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/**
 * Subresource integrity of a file, as lockfiles write it.
 *
 * @param {string} file
 * @returns {Promise<string>} such as `sha512-8JrO…==`
 */
export async function integrityOf(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return `sha512-${hash.digest('base64')}`
}
