import { defineConfig } from '@playwright/test'

/** The real app, one test at a time: two cores carry an Electron, a portal and a desktop, not more. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../out/e2e',
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  retries: 0,
})
