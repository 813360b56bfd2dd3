import { parseArgs } from 'node:util'
import { SetupError } from '../setup/setup-error.mjs'

/** @typedef {import('./runners.mjs').RunnerName} RunnerName */

export const testHelp = `Runs everything that CI runs; sets up on the first run what it takes.

  npm test                       all of it
  npm test -- --unit FILTER...   only unit tests, in files whose path contains FILTER
  npm test -- --portal FILTER... only the tests with a database, the same way
  npm test -- --e2e FILTER...    only the tests in the real app, the same way
  npm test -- --simulation SEED  only the random story of this seed, or of seeds such as 20000..29999

  --types            compile everything
  --lint             lint and format
  --unit             unit tests that need no database
  --portal           the portal with real databases
  --simulation       random stories of desks, portal and faults, played on the real engine and store
  --e2e              the real app on a virtual screen with a D-Bus session of its own
  --retry-download   try Electron's official download again though it failed today
  --help

Several of them may be given. The last line is the totals; the exit code is 1 when anything failed.
`

/** @type {readonly RunnerName[]} */
const names = ['types', 'lint', 'unit', 'portal', 'simulation', 'e2e']

/**
 * @typedef {object} TestArguments
 * @property {boolean} help
 * @property {boolean} retryDownload
 * @property {readonly RunnerName[]} runners
 * @property {readonly string[]} filters
 */

/**
 * @param {readonly string[]} args what follows `npm test --`
 * @returns {TestArguments}
 * @throws {SetupError} naming the argument that is wrong
 */
export function readTestArguments(args) {
  const { values, positionals } = parse(args)
  const chosen = names.filter((name) => values[name] === true)
  const runners = chosen.length === 0 ? names : chosen
  const takesFilter = runners.length === 1 && !runners.some((name) => name === 'types' || name === 'lint')
  if (positionals.length > 0 && !takesFilter) {
    throw new SetupError(
      `A filter (${positionals.join(' ')}) goes with one of --unit, --portal, --simulation or --e2e.`,
      'npm test -- --help',
    )
  }
  return {
    help: values.help === true,
    retryDownload: values['retry-download'] === true,
    runners,
    filters: positionals,
  }
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        types: { type: 'boolean' },
        lint: { type: 'boolean' },
        unit: { type: 'boolean' },
        portal: { type: 'boolean' },
        simulation: { type: 'boolean' },
        e2e: { type: 'boolean' },
        'retry-download': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), 'npm test -- --help')
  }
}
