import { onPath } from './on-path.mjs'
import { lastLines, runCommand } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'
import { secondsSince, step } from './step.mjs'
import { missingSystemNeeds } from './system-needs.mjs'

/** @typedef {import('./system-needs.mjs').SystemNeed} SystemNeed */

const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
const aptLimitMs = 10 * 60_000

/**
 * Makes sure that the libraries and commands of the system are there that the runtime needs. Installs them on Debian and its
 * relatives as root; otherwise says the command. Does nothing on other systems than Linux.
 *
 * @param {string} electron path of the runtime
 * @param {{ virtualDesktop: boolean }} options whether an own X server and bus will be started
 */
export async function ensureSystemNeeds(electron, options) {
  if (process.platform !== 'linux') return
  await step('system', async (say) => {
    const missing = await missingSystemNeeds(electron, options)
    if (missing.length === 0) return say('libraries are there')
    const names = missing.map((need) => need.what).join(', ')
    if ((await onPath('apt-get')) === undefined) {
      return say(
        `missing: ${names} (in Debian: ${debianNames(missing)}); install them with the package manager of this system`,
      )
    }
    if (process.getuid?.() !== 0) return stopOrWarn(missing, say)
    await install(missing, say)
    const still = await missingSystemNeeds(electron, options)
    if (still.some((need) => need.required)) {
      throw new SetupError(
        `Still missing after the installation: ${still.map((need) => need.what).join(', ')}.`,
        `find the packages with apt-file search, install them, then run this command again.`,
      )
    }
  })
}

/**
 * @param {readonly SystemNeed[]} needs
 * @param {ReadonlySet<string>} [available] names that apt can install; without it the oldest names are taken
 * @returns {string[]} one package for each need, without doubles
 */
export function packagesFor(needs, available) {
  const names = needs.map(
    (need) => need.packages.find((name) => available?.has(name)) ?? need.packages.at(-1) ?? '',
  )
  return [...new Set(names)].filter((name) => name !== '')
}

/**
 * @param {string} output of `apt-cache policy`
 * @returns {Set<string>} the packages in it that can be installed
 */
export function installableIn(output) {
  const names = new Set()
  let current = ''
  for (const line of output.split('\n')) {
    if (/^\S.*:$/.test(line)) current = line.slice(0, -1)
    else if (/^\s+Candidate: (?!\(none\))/.test(line)) names.add(current)
  }
  return names
}

/** @param {readonly SystemNeed[]} needs */
function debianNames(needs) {
  return packagesFor(needs).join(' ')
}

/**
 * @param {readonly SystemNeed[]} missing
 * @param {(text: string) => void} say
 */
async function stopOrWarn(missing, say) {
  const packages = packagesFor(missing, await installable(missing))
  const command = `sudo apt-get install --no-install-recommends ${packages.join(' ')}`
  if (missing.some((need) => need.required)) {
    throw new SetupError(`This system lacks ${missing.map((need) => need.what).join(', ')}.`, command)
  }
  say(`going on without ${missing.map((need) => need.what).join(', ')}; to have them: ${command}`)
}

/**
 * @param {readonly SystemNeed[]} missing
 * @param {(text: string) => void} say
 */
async function install(missing, say) {
  const startedAt = performance.now()
  let available = await installable(missing)
  const updated = missing.some((need) => need.packages.every((name) => !available.has(name)))
  if (updated) {
    say('reading package lists …')
    await apt(['update'])
    available = await installable(missing)
  }
  const packages = packagesFor(missing, available)
  const command = ['install', '-y', '--no-install-recommends', ...packages]
  say(`installing ${packages.join(' ')} …`)
  let result = await apt(command)
  if (result.code !== 0 && !updated) {
    // Old lists name versions that the archive no longer has.
    await apt(['update'])
    result = await apt(command)
  }
  if (result.code !== 0) {
    throw new SetupError(
      `apt-get install ended with code ${result.code}:\n${lastLines(result.output, 8)}`,
      `apt-get update && apt-get install --no-install-recommends ${packages.join(' ')}`,
    )
  }
  say(`done in ${secondsSince(startedAt)}`)
}

/** @param {readonly SystemNeed[]} needs */
async function installable(needs) {
  const result = await runCommand('apt-cache', ['policy', ...needs.flatMap((need) => need.packages)], {
    env: { ...environment, LC_ALL: 'C' },
  })
  return installableIn(result.stdout)
}

/** @param {readonly string[]} args */
function apt(args) {
  return runCommand('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: environment,
    timeoutMs: aptLimitMs,
  })
}
