import { afterAll, beforeAll, describe, test } from 'vitest'
import { play } from './scenario'
import { answerScenarios } from './scenarios/answers'
import { SharedPortal } from './shared-portal'

/* As faults.test.ts says; these are many, so that they are a file of their own. */

let portal: SharedPortal
beforeAll(async () => {
  portal = await SharedPortal.open()
})
afterAll(() => portal.close())

describe('instead of an answer', () => {
  for (const scenario of answerScenarios) test(scenario.name, () => play(scenario, portal))
})
