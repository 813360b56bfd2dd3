import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { root } from '../setup/root.mjs'
import { checkTotals, playwrightTotals, runnerTotals, vitestTotals } from './totals.mjs'

/** @typedef {import('./totals.mjs').Totals} Totals */
/** @typedef {import('./totals.mjs').Ending} Ending */

/** @typedef {'types' | 'lint' | 'unit' | 'portal' | 'simulation' | 'e2e'} RunnerName */

/**
 * @typedef {object} Runner
 * @property {RunnerName} name
 * @property {number} limitMs after which it is ended
 * @property {(filters: readonly string[]) => readonly string[]} args of Node
 * @property {(filters: readonly string[]) => NodeJS.ProcessEnv} env variables to add
 * @property {string | undefined} report file that it writes
 * @property {(ending: Ending, report: unknown) => Totals} totals
 */

const minuteMs = 60_000
const reports = path.join(root, 'out', 'test-results')
const playwrightReport = path.join(reports, 'playwright.json')

/** All that CI runs, in its order: what is quick to fail comes first. @type {readonly Runner[]} */
export const runners = [
  {
    name: 'types',
    limitMs: 5 * minuteMs,
    args: () => [tool('typescript/bin/tsc'), '-b'],
    env: () => ({}),
    report: undefined,
    totals: checkTotals,
  },
  {
    name: 'lint',
    limitMs: 2 * minuteMs,
    args: () => [tool('@biomejs/biome/bin/biome'), 'check', '.'],
    env: () => ({}),
    report: undefined,
    totals: checkTotals,
  },
  vitestRunner('unit', 'rules'),
  vitestRunner('portal', 'portal'),
  seeded(vitestRunner('simulation', 'simulation')),
  {
    name: 'e2e',
    limitMs: 15 * minuteMs,
    args: (filters) => [
      tool('@playwright/test/cli.js'),
      'test',
      '-c',
      'tests/e2e/playwright.config.ts',
      '--output=out/test-results/e2e',
      '--reporter=list,json',
      ...filters,
    ],
    env: () => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport }),
    report: playwrightReport,
    totals: (ending, report) => runnerTotals(ending, playwrightTotals(report)),
  },
]

/**
 * @param {RunnerName} name
 * @param {string} project of vitest.config.ts
 * @returns {Runner}
 */
function vitestRunner(name, project) {
  const report = path.join(reports, `${name}.json`)
  return {
    name,
    limitMs: 8 * minuteMs,
    args: (filters) => [
      tool('vitest/vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    env: () => ({}),
    report,
    totals: (ending, found) => runnerTotals(ending, vitestTotals(found)),
  }
}

/**
 * A runner of random stories: a filter that is a seed, or seeds such as `20000..29999`, chooses stories; any other, files.
 *
 * @param {Runner} runner
 * @returns {Runner}
 */
function seeded(runner) {
  const isSeeds = (/** @type {string} */ filter) => /^\d+(\.\.\d+)?$/.test(filter)
  return {
    ...runner,
    limitMs: 15 * minuteMs,
    args: (filters) => {
      const files = filters.filter((filter) => !isSeeds(filter))
      return runner.args(files.length < filters.length ? [...files, 'random-stories'] : files)
    },
    env: (filters) => {
      const seeds = filters.filter(isSeeds)
      return seeds.length > 0 ? { MERIDIAN_SEEDS: seeds.join(' ') } : {}
    },
  }
}

/**
 * @param {string | undefined} file
 * @returns {Promise<unknown>} what is in it, undefined when it is missing or cut off
 */
export async function readReport(file) {
  if (file === undefined) return undefined
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A report of an earlier run must not be taken for this one's. */
export async function removeReports() {
  for (const { report } of runners) if (report !== undefined) await rm(report, { force: true })
}

/** @param {string} file below node_modules */
function tool(file) {
  return path.join(root, 'node_modules', file)
}
