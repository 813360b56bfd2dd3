import { access } from 'node:fs/promises'

/**
 * @param {string} file
 * @returns {Promise<boolean>}
 */
export function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  )
}
