import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { withLock } from './lock.mjs'
import { checkoutId, root } from './root.mjs'
import { npmErrorsIn, runNpm } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'
import { secondsSince, step } from './step.mjs'

const oldestNode = { major: 20, minor: 19 }

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {boolean} [peer]
 * @property {boolean} [link]
 */

/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Which packages of the lockfile are not in node_modules in that version and with that content. Optional ones may be missing:
 * they are for other platforms.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile} installed node_modules/.package-lock.json, which npm writes when an installation is complete
 * @returns {string[]} their paths, such as `node_modules/zod`
 */
export function missingPackages(wanted, installed) {
  const present = installed.packages ?? {}
  return Object.entries(wanted.packages ?? {})
    .filter(([folder, entry]) => {
      if (folder === '' || entry.link === true) return false
      const found = present[folder]
      if (found === undefined) return entry.optional !== true && entry.devOptional !== true
      return found.version !== entry.version || found.integrity !== entry.integrity
    })
    .map(([folder]) => folder)
}

/**
 * @param {string} version such as `v20.19.2`
 * @returns {boolean} whether the scripts and tools run on it
 */
export function nodeIsRecentEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)
}

/**
 * Installs the npm packages of the lockfile when they are not there. Install scripts stay off (.npmrc).
 *
 * @param {{ quietWhenReady?: boolean }} [options] `quietWhenReady`: print nothing when nothing is to be done
 */
export async function ensurePackages(options = {}) {
  if (!nodeIsRecentEnough(process.version)) {
    throw new SetupError(
      `Node ${process.version} is too old for Meridian.`,
      `install Node ${oldestNode.major}.${oldestNode.minor} or newer, then run this command again.`,
    )
  }
  if (options.quietWhenReady === true && (await countMissing()) === 0) return
  await step('packages', async (say) => {
    if ((await countMissing()) === 0) return say('up to date')
    await withLock(`packages-${checkoutId}`, async () => {
      // Another console may have installed them while this one waited for the lock.
      const missing = await countMissing()
      if (missing === 0) return say('up to date')
      const startedAt = performance.now()
      say(`installing ${missing} of the lockfile with npm ci …`)
      const result = await runNpm(['ci', '--no-audit', '--no-fund'], { cwd: root, timeoutMs: 10 * 60_000 })
      if (result.code !== 0) {
        throw new SetupError(
          `npm ci ${result.timedOut ? 'did not end within ten minutes' : `ended with code ${result.code}`}:\n${npmErrorsIn(result.output)}`,
          result.output.includes('EUSAGE')
            ? 'package.json and package-lock.json do not fit together: take both from the same commit, or run npm install.'
            : 'check that the registry of `npm config get registry` can be reached, then run this command again.',
        )
      }
      say(`done in ${secondsSince(startedAt)}`)
    })
  })
}

async function countMissing() {
  const wanted = await readLockfile(path.join(root, 'package-lock.json'))
  if (wanted === undefined) {
    throw new SetupError('package-lock.json is missing or is not JSON.', 'git checkout package-lock.json')
  }
  const installed = await readLockfile(path.join(root, 'node_modules', '.package-lock.json'))
  return missingPackages(wanted, installed ?? {}).length
}

/**
 * @param {string} file
 * @returns {Promise<Lockfile | undefined>} undefined when the file is not there or cut off
 */
async function readLockfile(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
