import { defineConfig } from '@playwright/test'

/** As long as many others together: begun first, both workers are busy to the end. */
const LONGEST = 'kill-rounds.spec.ts'

/** The real app, two tests at a time: most of the time an app waits for somebody. */
export default defineConfig({
  testDir: '.',
  globalSetup: './portal-bundle.ts',
  outputDir: '../../out/e2e',
  workers: 2,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  retries: 0,
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'others', testMatch: '*.spec.ts', testIgnore: LONGEST },
  ],
})
