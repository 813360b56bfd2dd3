import { expect, it } from 'vitest'
import { prioritySchema } from '#shared/sla/policy'
import { MAX_REASON } from '#shared/tickets/ticket'
import { triageGuide } from '../../../../src-renderer/ticket/triage/triage-guide'

it.each(prioritySchema.options)('%s is defined, and has examples that fit into a reason', (priority) => {
  const { definition, examples } = triageGuide[priority]
  expect(definition).toMatch(/\.$/)
  expect(examples.length).toBeGreaterThanOrEqual(3)
  for (const example of examples) expect(`${example}.`.length).toBeLessThanOrEqual(MAX_REASON)
})

it('no example stands for two priorities', () => {
  const all = prioritySchema.options.flatMap((priority) => [...triageGuide[priority].examples])
  expect(new Set(all).size).toBe(all.length)
})
