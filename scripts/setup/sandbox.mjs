import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/**
 * Chromium refuses its sandbox to root on Linux, and only there is it switched off.
 *
 * @returns {readonly string[]} switches for Electron
 */
export function sandboxSwitches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * Some Linux systems forbid the namespaces that Chromium's sandbox is made of, so that Electron ends at once with a message that
 * helps nobody.
 *
 * @param {string} electron path of the runtime
 * @returns {Promise<string | undefined>} what the user can do about it, undefined when the sandbox will work
 */
export async function sandboxRemedy(electron) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return undefined
  const forbidden =
    (await setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')) === '1' ||
    (await setting('/proc/sys/kernel/unprivileged_userns_clone')) === '0' ||
    (await setting('/proc/sys/user/max_user_namespaces')) === '0'
  if (!forbidden) return undefined
  const helper = path.join(path.dirname(electron), 'chrome-sandbox')
  const found = await stat(helper).catch(() => undefined)
  const prepared = found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0
  return prepared ? undefined : `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
}

/** @param {string} file */
function setting(file) {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}
