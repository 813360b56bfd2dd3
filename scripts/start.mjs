import { spawn } from 'node:child_process'
import { mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { exitCodeFor, onInterrupt } from './setup/interrupt.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { root } from './setup/root.mjs'
import { ensureAppRuntime } from './setup/runtime.mjs'
import { sandboxSwitches } from './setup/sandbox.mjs'
import { SetupError } from './setup/setup-error.mjs'
import { consoleArguments, readStartArguments, startHelp } from './setup/start-arguments.mjs'
import { runScript } from './setup/step.mjs'

const screenshotLimitMs = 3 * 60_000
const patienceMs = 10_000

await runScript(async () => {
  // npm runs scripts in the root of the checkout; INIT_CWD is where the user stands.
  const wanted = readStartArguments(
    process.argv.slice(2),
    process.env.INIT_CWD ?? process.cwd(),
    process.env.MERIDIAN_TOKEN,
  )
  if (wanted.help) {
    process.stdout.write(startHelp)
    return
  }
  await ensurePackages()
  const { electron, desktop } = await ensureAppRuntime({ retryDownload: wanted.retryDownload })
  try {
    const pictures = path.join(root, 'out', 'screenshots')
    const takesPictures = wanted.screenshot || desktop.virtual
    if (takesPictures) await mkdir(pictures, { recursive: true })
    const startedAt = Date.now()
    // A virtual screen is mostly in a container: little shared memory, and Chromium complains of a graphics card and a system
    // bus that are not there.
    const inContainer = desktop.virtual ? ['--disable-dev-shm-usage', '--log-level=3'] : []
    const own = consoleArguments(wanted, takesPictures ? pictures : undefined)
    const args = [...sandboxSwitches(), ...inContainer, root, ...own]
    const env = wanted.token === undefined ? desktop.env : { ...desktop.env, MERIDIAN_TOKEN: wanted.token }
    if (takesPictures)
      process.stderr.write(`console    runs without being seen; its pictures go to ${pictures}\n`)
    process.exitCode = await runConsole(
      electron,
      args,
      env,
      wanted.screenshot ? screenshotLimitMs : undefined,
    )
    if (wanted.screenshot && process.exitCode === 0) await listPictures(pictures, startedAt)
  } finally {
    await desktop.stop()
  }
})

/**
 * @param {string} electron
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number | undefined} limitMs
 * @returns {Promise<number>} its exit code
 */
function runConsole(electron, args, env, limitMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(electron, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    /** @type {NodeJS.Signals | undefined} */
    let askedToEnd
    let late = false
    /** @type {NodeJS.Timeout | undefined} */
    let impatience
    const end = () => {
      child.kill('SIGTERM')
      impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    }
    const stopListening = onInterrupt((signal) => {
      askedToEnd = signal
      end()
    })
    const limit =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            late = true
            end()
          }, limitMs)
    child.once('error', (error) =>
      reject(new SetupError(`${electron} could not be started.`, error.message, { cause: error })),
    )
    child.once('exit', (code, signal) => {
      clearTimeout(limit)
      clearTimeout(impatience)
      stopListening()
      if (late) {
        reject(
          new SetupError(
            `The console saved no picture within ${screenshotLimitMs / 60_000} minutes.`,
            'run npm start without --screenshot to see what it is waiting for.',
          ),
        )
      } else {
        resolve(
          askedToEnd === undefined ? (code ?? exitCodeFor(signal ?? 'SIGKILL')) : exitCodeFor(askedToEnd),
        )
      }
    })
  })
}

/**
 * @param {string} folder
 * @param {number} since epoch ms
 */
async function listPictures(folder, since) {
  let count = 0
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    if ((await stat(file)).mtimeMs < since) continue
    process.stdout.write(`${file}\n`)
    count += 1
  }
  if (count === 0)
    throw new SetupError(`The console ended without a picture in ${folder}.`, 'look at its messages above.')
}
