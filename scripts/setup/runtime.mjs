import { ensureBuild } from './build.mjs'
import { ensureSystemNeeds } from './debian.mjs'
import { needsVirtualDesktop, startDesktop } from './desktop.mjs'
import { electronRuntime } from './electron.mjs'
import { sandboxRemedy } from './sandbox.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * Everything that running the app takes besides the npm packages: the Electron runtime, the system's libraries, a build, and a
 * screen with a D-Bus session.
 *
 * @param {{ isolated?: boolean, retryDownload?: boolean }} options `isolated`: a screen and a bus of its own on Linux, for tests
 * @returns {Promise<{ electron: string, desktop: import('./desktop.mjs').Desktop }>}
 */
export async function ensureAppRuntime(options) {
  const runtime = await electronRuntime({ retryDownload: options.retryDownload === true })
  await ensureSystemNeeds(runtime.path, {
    virtualDesktop: options.isolated === true || needsVirtualDesktop(),
  })
  const remedy = await sandboxRemedy(runtime.path)
  if (remedy !== undefined) {
    throw new SetupError('This system does not let Electron set up its sandbox.', remedy)
  }
  await ensureBuild()
  const desktop = await startDesktop({ isolated: options.isolated === true })
  return { electron: runtime.path, desktop }
}
