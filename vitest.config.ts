import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const DATABASE = [
  'tests/src-portal/**/*.test.ts',
  'tests/src-renderer/engine/real-portal.test.ts',
  'tests/faults/**/*.test.ts',
]
/** Random stories of the real engine and store: long, and nothing but computing. */
const SIMULATION = ['tests/scenarios/**/*.test.ts']
// Generous, for a machine that does other things besides; what hangs is still ended.
const patience = { testTimeout: 180_000, hookTimeout: 120_000 }

/** All but the real app, which Playwright drives (tests/e2e). `rules` needs no database and is quick. */
export default defineConfig({
  test: {
    pool: 'threads',
    // Vitest would leave one core free, for whoever is at work beside it.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', ...DATABASE, ...SIMULATION],
          ...patience,
        },
      },
      {
        extends: true,
        test: { name: 'portal', include: DATABASE, globalSetup: 'tests/portal-template.ts', ...patience },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: SIMULATION,
          pool: 'forks',
          maxWorkers: 2,
          // A story leaves much behind and all at once: with room for it the collector has half the work.
          execArgv: ['--max-semi-space-size=128'],
          ...patience,
        },
      },
    ],
  },
})
