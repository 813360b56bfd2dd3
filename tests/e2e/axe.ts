import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}

/**
 * Fails with what axe finds on the page as it is now, each with the first elements it is about.
 * @param within only this part of the page
 */
export async function expectAccessible(page: Page, screen: string, within = 'html'): Promise<void> {
  await page.evaluate(source)
  const results = (await page.evaluate(
    ({ within, rules }) => {
      const { axe } = window as unknown as { axe: { run(on: string, options: unknown): Promise<unknown> } }
      // What it has computed of an earlier look must not be taken for this one's.
      return axe.run(within, rules).finally(() => Reflect.deleteProperty(window, 'axe'))
    },
    { within, rules },
  )) as AxeResults
  const found = results.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes
        .slice(0, 4)
        .map(({ html, any }) => `    ${html.slice(0, 200)}\n      ${any[0]?.message ?? ''}`)
        .join('\n')}`,
  )
  expect.soft(found, screen).toEqual([])
}
