import { defineConfig } from 'vitest/config'

const DATABASE = [
  'tests/src-portal/**/*.test.ts',
  'tests/src-renderer/engine/real-portal.test.ts',
  'tests/faults/**/*.test.ts',
]
// Generous, for a machine that does other things besides; what hangs is still ended.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

/** All but the real app, which Playwright drives (tests/e2e). `rules` needs no database and is quick. */
export default defineConfig({
  test: {
    pool: 'threads',
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', ...DATABASE],
          ...patience,
        },
      },
      {
        extends: true,
        test: { name: 'portal', include: DATABASE, globalSetup: 'tests/portal-template.ts', ...patience },
      },
    ],
  },
})
