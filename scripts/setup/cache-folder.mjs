import os from 'node:os'
import path from 'node:path'

/**
 * Where things are kept that every checkout of this user can share. Outside node_modules, which `npm ci` empties.
 *
 * @returns {string} an absolute path; the folder may not exist yet
 */
export function cacheFolder() {
  const given = process.env.XDG_CACHE_HOME
  // The XDG base directory specification says to ignore relative values.
  if (given !== undefined && path.isAbsolute(given)) return path.join(given, 'meridian')
  if (process.platform === 'win32') {
    return path.join(
      process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'),
      'meridian',
      'Cache',
    )
  }
  return process.platform === 'darwin'
    ? path.join(os.homedir(), 'Library', 'Caches', 'meridian')
    : path.join(os.homedir(), '.cache', 'meridian')
}
