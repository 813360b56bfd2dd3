import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cacheFolder } from './cache-folder.mjs'
import { exists } from './exists.mjs'
import { withLock } from './lock.mjs'
import { checkoutId, root } from './root.mjs'
import { lastLines } from './run-command.mjs'

const packageFolder = path.join(root, 'node_modules', 'electron')
const dayMs = 24 * 60 * 60 * 1000
// A host behind a firewall that drops packets never answers; a slow line still shows bytes.
const silenceMs = 15_000

/**
 * The official binary that the electron package has downloaded, complete and of the package's version: the same check as its install.js.
 *
 * @returns {Promise<{ path: string, version: string } | undefined>}
 */
export async function installedOfficialRuntime() {
  const manifest = await readText(path.join(packageFolder, 'package.json'))
  const installed = await readText(path.join(packageFolder, 'dist', 'version'))
  const executable = await readText(path.join(packageFolder, 'path.txt'))
  if (manifest === undefined || installed === undefined || executable === undefined) return undefined
  const version = installed.trim().replace(/^v/, '')
  const file = path.join(packageFolder, 'dist', executable.trim())
  return version === JSON.parse(manifest).version && (await exists(file))
    ? { path: file, version }
    : undefined
}

/**
 * Runs the download of the electron package, and gives up as soon as nothing has arrived for fifteen seconds.
 *
 * @returns {Promise<string | undefined>} why it failed, in one line; undefined when it worked
 */
export function downloadOfficialRuntime() {
  return withLock(`electron-download-${checkoutId}`, async () => {
    if ((await installedOfficialRuntime()) !== undefined) return undefined
    await mkdir(cacheFolder(), { recursive: true })
    const folder = await mkdtemp(path.join(cacheFolder(), 'download-'))
    try {
      return await runInstaller(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}

/**
 * Whether a download failed less than a day ago, so that the next starts are not held up by it again.
 *
 * @param {number} now epoch ms
 */
export async function downloadFailedToday(now) {
  const text = await readText(failureFile())
  const failedAt = text === undefined ? Number.NaN : Date.parse(text)
  return now - failedAt < dayMs && now >= failedAt
}

/**
 * @param {number | undefined} at epoch ms; undefined forgets an earlier failure
 */
export async function rememberDownloadFailure(at) {
  await mkdir(cacheFolder(), { recursive: true })
  if (at === undefined) await rm(failureFile(), { force: true })
  else await writeFile(failureFile(), new Date(at).toISOString())
}

function failureFile() {
  return path.join(cacheFolder(), 'electron-download-failed-at')
}

/**
 * @param {string} downloadFolder
 * @returns {Promise<string | undefined>}
 */
function runInstaller(downloadFolder) {
  return new Promise((resolve) => {
    // The installer downloads into the folder for temporary files: one of our own shows whether bytes arrive.
    const child = spawn(process.execPath, [path.join(packageFolder, 'install.js')], {
      cwd: root,
      env: { ...process.env, TMPDIR: downloadFolder, TEMP: downloadFolder, TMP: downloadFolder },
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    let bytes = 0
    let grewAt = performance.now()
    let silent = false
    const watch = setInterval(async () => {
      const now = (await sizeOf(downloadFolder)) + (await sizeOf(path.join(packageFolder, 'dist')))
      if (now !== bytes) {
        bytes = now
        grewAt = performance.now()
      } else if (performance.now() - grewAt > silenceMs) {
        silent = true
        child.kill('SIGKILL')
      }
    }, 1000)
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.once('close', (code) => {
      clearInterval(watch)
      if (code === 0) resolve(undefined)
      else resolve(silent ? `nothing arrived for ${silenceMs / 1000} s` : reasonIn(output))
    })
  })
}

/**
 * @param {string} output a stack of Node
 * @returns {string} its message
 */
function reasonIn(output) {
  const message = output.split('\n').find((line) => /^\w*Error\b/.test(line))
  return message ?? (lastLines(output, 1) || 'no reason given')
}

/**
 * @param {string} folder
 * @returns {Promise<number>} bytes of all files in it, 0 when it is not there
 */
async function sizeOf(folder) {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  let bytes = 0
  for (const entry of entries) {
    bytes += await stat(path.join(folder, entry)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    )
  }
  return bytes
}

/**
 * @param {string} file
 * @returns {Promise<string | undefined>}
 */
function readText(file) {
  return readFile(file, 'utf8').catch(() => undefined)
}
