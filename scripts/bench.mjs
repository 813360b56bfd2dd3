import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { exitCodeFor, onInterrupt } from './setup/interrupt.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { root } from './setup/root.mjs'
import { ensureAppRuntime } from './setup/runtime.mjs'
import { SetupError } from './setup/setup-error.mjs'
import { runScript } from './setup/step.mjs'
import { runBounded } from './testing/run-bounded.mjs'

const help = `Measures how fast Meridian is, with tests/bench/*.bench.ts one after the other.

  npm run bench                 all of them
  npm run bench -- FILTER...    those whose name contains FILTER

A bench that reads MERIDIAN_ELECTRON gets the built app, a runtime and a virtual screen.
`
const folder = path.join(root, 'tests', 'bench')
const limitMs = 10 * 60_000
const abort = new AbortController()

await runScript(async () => {
  const { values, positionals } = parse()
  if (values.help === true) {
    process.stdout.write(help)
    return
  }
  const names = await benches(positionals)
  await ensurePackages()
  onInterrupt((signal) => {
    process.exitCode = exitCodeFor(signal)
    abort.abort()
  })
  const withApp = (await Promise.all(names.map(readsElectron))).includes(true)
  const app = withApp ? await ensureAppRuntime({ isolated: true }) : undefined
  try {
    const env = app === undefined ? process.env : { ...app.desktop.env, MERIDIAN_ELECTRON: app.electron }
    for (const name of names) {
      if (abort.signal.aborted) break
      process.stdout.write(`\n── ${name}\n`)
      const ending = await runBounded(['--import', 'tsx', path.join(folder, name)], {
        env,
        limitMs,
        abort: abort.signal,
      })
      if (ending.code === 0 && !ending.timedOut) continue
      process.stdout.write(
        `${name} ${ending.timedOut ? 'was ended after ten minutes' : `ended with code ${ending.code}`}\n`,
      )
      process.exitCode ??= 1
    }
  } finally {
    await app?.desktop.stop()
  }
})

function parse() {
  try {
    return parseArgs({ allowPositionals: true, options: { help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), 'npm run bench -- --help')
  }
}

/** @param {readonly string[]} filters */
async function benches(filters) {
  const all = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.bench.ts')).sort()
  const names = all.filter((name) => filters.length === 0 || filters.some((filter) => name.includes(filter)))
  if (names.length === 0)
    throw new SetupError(
      `No bench in ${folder} is called ${filters.join(' or ')}.`,
      `take one of: ${all.join(', ')}`,
    )
  return names
}

/** @param {string} name */
async function readsElectron(name) {
  return (await readFile(path.join(folder, name), 'utf8')).includes('MERIDIAN_ELECTRON')
}
