import { exitCodeFor, onInterrupt } from './setup/interrupt.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureAppRuntime } from './setup/runtime.mjs'
import { SetupError } from './setup/setup-error.mjs'
import { printSetupError, runScript, secondsSince } from './setup/step.mjs'
import { failuresOf } from './testing/failures.mjs'
import { runBounded } from './testing/run-bounded.mjs'
import { readReport, removeReports, runners } from './testing/runners.mjs'
import { readTestArguments, testHelp } from './testing/test-arguments.mjs'
import { sumTotals, totalsLine } from './testing/totals.mjs'

/** @typedef {import('./testing/failures.mjs').Failure} Failure */
/** @typedef {{ name: string, totals: import('./testing/totals.mjs').Totals, failures: readonly Failure[], note: string }} Result */
/** @typedef {import('./testing/runners.mjs').Runner} Runner */

const abort = new AbortController()

await runScript(async () => {
  const wanted = readTestArguments(process.argv.slice(2))
  if (wanted.help) {
    process.stdout.write(testHelp)
    return
  }
  await removeReports()
  onInterrupt((signal) => {
    process.exitCode = exitCodeFor(signal)
    abort.abort()
  })
  const results = await runAll(wanted)
  process.stdout.write('\n')
  for (const { title, why } of results.flatMap((result) => result.failures)) {
    process.stdout.write(`✗ ${title}\n${why}\n\n`)
  }
  for (const { name, totals, note } of results) {
    process.stdout.write(`${name.padEnd(10)} ${totalsLine(totals)} ${note}\n`)
  }
  const total = sumTotals(results.map((result) => result.totals))
  if (total.failed > 0) process.exitCode ??= 1
  process.stdout.write(`${totalsLine(total)}\n`)
})

/** @param {import('./testing/test-arguments.mjs').TestArguments} wanted */
async function runAll(wanted) {
  const packages = await orFailed('packages', ensurePackages)
  if (packages !== undefined) return [packages]
  const results = []
  for (const runner of runners) {
    if (!wanted.runners.includes(runner.name) || abort.signal.aborted) continue
    process.stdout.write(`\n── ${runner.name}\n`)
    results.push(await runOne(runner, wanted))
  }
  return results
}

/**
 * @param {Runner} runner
 * @param {import('./testing/test-arguments.mjs').TestArguments} wanted
 * @returns {Promise<Result>}
 */
async function runOne(runner, wanted) {
  const startedAt = performance.now()
  /** @type {import('./testing/totals.mjs').Ending | undefined} */
  let ending
  const failed = await orFailed(runner.name, async () => {
    ending = runner.name === 'e2e' ? await runInApp(runner, wanted) : await run(runner, wanted, process.env)
  })
  if (ending === undefined) return failed ?? unfinished(runner.name)
  const report = await readReport(runner.report)
  const limit = `ended after its limit of ${runner.limitMs / 60_000} minutes`
  return {
    name: runner.name,
    totals: runner.totals(ending, report),
    failures: failuresOf(report),
    note: `(${ending.timedOut ? limit : secondsSince(startedAt)})`,
  }
}

/**
 * Does a part of the set-up; when it fails, says so and gives a result, since the other results are still worth having.
 *
 * @param {string} name
 * @param {() => Promise<void>} work
 * @returns {Promise<Result | undefined>}
 */
async function orFailed(name, work) {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    printSetupError(error)
    return unfinished(name)
  }
}

/**
 * @param {string} name
 * @returns {Result}
 */
function unfinished(name) {
  return { name, totals: { passed: 0, failed: 1, skipped: 0 }, failures: [], note: '(could not be set up)' }
}

/**
 * @param {Runner} runner
 * @param {import('./testing/test-arguments.mjs').TestArguments} wanted
 * @param {NodeJS.ProcessEnv} env
 */
function run(runner, wanted, env) {
  return runBounded(runner.args(wanted.filters), {
    env: { ...env, ...runner.env(wanted.filters) },
    limitMs: runner.limitMs,
    abort: abort.signal,
  })
}

/**
 * Runs it on a screen and a D-Bus session of its own, so that neither the user's notifications nor their windows get in between.
 *
 * @param {Runner} runner
 * @param {import('./testing/test-arguments.mjs').TestArguments} wanted
 */
async function runInApp(runner, wanted) {
  const { electron, desktop } = await ensureAppRuntime({
    isolated: true,
    retryDownload: wanted.retryDownload,
  })
  try {
    return await run(runner, wanted, { ...desktop.env, MERIDIAN_ELECTRON: electron })
  } finally {
    await desktop.stop()
  }
}
