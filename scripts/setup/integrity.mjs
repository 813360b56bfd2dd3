import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { SetupError } from './setup-error.mjs'

/**
 * @param {string} file
 * @param {string} pinned integrity that it must have
 * @param {string} what it is, for the error
 * @throws {SetupError} when it has another
 */
export async function checkIntegrity(file, pinned, what) {
  const found = await integrityOf(file)
  if (found === pinned) return
  throw new SetupError(
    `The registry's ${what} is not the pinned one: its integrity is ${found}.`,
    'do not use it; ask whoever runs your registry, or give an Electron of your own in MERIDIAN_ELECTRON=/path/to/electron.',
  )
}

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
