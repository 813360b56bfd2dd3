import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { exists } from './exists.mjs'
import { withLock } from './lock.mjs'
import { checkoutId, root } from './root.mjs'
import { lastLines, runCommand } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'
import { secondsSince, step } from './step.mjs'

/** What the built app is made of. */
const sources = [
  'src-main',
  'src-portal',
  'src-renderer',
  'src-shared',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]
const buildLimitMs = 5 * 60_000

const app = ['node_modules/electron-vite/bin/electron-vite.js', 'build']
// An initialised, empty database: with it the embedded portal is there in a second, without it in ten.
const template = ['scripts/portal.mjs', 'template', 'out/portal-template.tar.gz']
const results = ['out/main/main.cjs', 'out/portal-template.tar.gz']

/**
 * Builds the app and its portal's empty database into `out/`, unless what is there was built from the same sources. Needs
 * the npm packages.
 */
export async function ensureBuild() {
  await step('build', async (say) => {
    await withLock(`build-${checkoutId}`, async () => {
      const wanted = await fingerprint(root, sources)
      const stamp = path.join(root, 'out', 'built-from')
      const built = await readFile(stamp, 'utf8').catch(() => undefined)
      if (built === wanted && (await allExist(results))) return say('up to date')
      const startedAt = performance.now()
      say('building …')
      await Promise.all([runTool(app), runTool(template)])
      await mkdir(path.dirname(stamp), { recursive: true })
      await writeFile(stamp, wanted)
      say(`done in ${secondsSince(startedAt)}`)
    })
  })
}

/** @param {readonly string[]} args of Node, the tool first; relative to the root */
async function runTool(args) {
  const result = await runCommand(process.execPath, [...args], { cwd: root, timeoutMs: buildLimitMs })
  if (result.code === 0) return
  throw new SetupError(
    `${args.join(' ')} ${result.timedOut ? 'did not end in time' : `ended with code ${result.code}`}:\n${lastLines(result.output, 20)}`,
    'correct what it names, then run this command again.',
  )
}

/** @param {readonly string[]} files relative to the root */
async function allExist(files) {
  const there = await Promise.all(files.map((file) => exists(path.join(root, file))))
  return there.every(Boolean)
}

/**
 * One value for the names and contents of files; it changes when any of them does.
 *
 * @param {string} base
 * @param {readonly string[]} entries files and folders below `base`; one that is not there counts as absent
 * @returns {Promise<string>} hexadecimal
 */
export async function fingerprint(base, entries) {
  const hash = createHash('sha256')
  for (const entry of [...entries].sort()) {
    for (const file of await filesOf(path.join(base, entry))) {
      const content = createHash('sha256')
        .update(await readFile(file))
        .digest('hex')
      hash.update(`${path.relative(base, file).split(path.sep).join('/')} ${content}\n`)
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} entry
 * @returns {Promise<string[]>} in a fixed order
 */
async function filesOf(entry) {
  const found = await stat(entry).catch(() => undefined)
  if (found === undefined) return []
  if (found.isFile()) return [entry]
  const names = await readdir(entry, { recursive: true, withFileTypes: true })
  return names
    .filter((name) => name.isFile())
    .map((name) => path.join(name.parentPath, name.name))
    .sort()
}
