import { afterAll, beforeAll, describe, test } from 'vitest'
import { play } from './scenario'
import { deskScenarios } from './scenarios/desk'
import { pageScenarios } from './scenarios/pages'
import { sendingScenarios } from './scenarios/sending'
import { ticketScenarios } from './scenarios/tickets'
import { SharedPortal } from './shared-portal'

/*
 * What can go wrong between a desk and its portal, each made to happen: the real engine and store, main's door and
 * sign-in, a real HTTP connection through a proxy that spoils it, and the real portal with its database. After each
 * one every command was applied once, the desk shows what the portal has, what failed was said, and nobody was asked
 * more often than is decent (scenario.ts).
 */

let portal: SharedPortal
beforeAll(async () => {
  portal = await SharedPortal.open()
})
afterAll(() => portal.close())

describe.each([
  ['pages', pageScenarios],
  ['sending', sendingScenarios],
  ['tickets, hidden windows and sleep', ticketScenarios],
  ['streams, clocks and the disk', deskScenarios],
])('%s', (_about, scenarios) => {
  for (const scenario of scenarios) test(scenario.name, () => play(scenario, portal))
})
