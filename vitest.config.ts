import { defineConfig } from 'vitest/config'

/** Unit tests only: the real app is driven by Playwright (tests/e2e). */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**'],
    pool: 'threads',
    testTimeout: 20_000,
  },
})
