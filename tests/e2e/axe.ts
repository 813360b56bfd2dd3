import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const everything: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** Of those the rules that another colour scheme can break; all others look at what it leaves as it is. */
const colours: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

/**
 * Fails with what axe finds on the page as it is now, each with the first elements it is about.
 * @param within only this part of the page
 * @param about `colours` when all else has been looked at in another colour scheme
 */
export async function expectAccessible(
  page: Page,
  screen: string,
  within = 'html',
  about: 'everything' | 'colours' = 'everything',
): Promise<void> {
  await page.evaluate(source)
  const results = (await page.evaluate(
    ({ within, rules }) => {
      const { axe } = window as unknown as { axe: { run(on: string, options: unknown): Promise<unknown> } }
      // What it has computed of an earlier look must not be taken for this one's.
      return axe.run(within, rules).finally(() => Reflect.deleteProperty(window, 'axe'))
    },
    { within, rules: { ...(about === 'everything' ? everything : colours), resultTypes: ['violations'] } },
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
