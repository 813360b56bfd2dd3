import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import path from 'node:path'

/**
 * @param {string} command
 * @returns {Promise<string | undefined>} where the command is, undefined when it is not installed
 */
export async function onPath(command) {
  // Ordinary users of Debian have no /usr/sbin on their path, where ldconfig lives.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin']
  for (const folder of folders.filter((name) => name !== '')) {
    const file = path.join(folder, command)
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return file
  }
  return undefined
}
