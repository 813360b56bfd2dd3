import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { onPath } from './on-path.mjs'
import { runCommand } from './run-command.mjs'

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
  if ((await namespacesAreAllowed()) && !(await appArmorRestrictsThem())) return undefined
  const helper = path.join(path.dirname(electron), 'chrome-sandbox')
  const found = await stat(helper).catch(() => undefined)
  const prepared = found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0
  return prepared ? undefined : `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
}

async function namespacesAreAllowed() {
  const unshare = await onPath('unshare')
  // Where it can't be tried Electron says itself what is wrong.
  return unshare === undefined || (await runCommand(unshare, ['--user', 'true'])).code === 0
}

/** Such a system lets everybody make a namespace and then forbids what Chromium does in it. */
async function appArmorRestrictsThem() {
  const setting = await readFile('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').catch(
    () => '0',
  )
  return setting.trim() === '1'
}
