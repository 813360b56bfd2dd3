import { describe, expect, it } from 'vitest'
import type { SyncStatus, TicketView } from '../../../../src-renderer/store/desk-store'
import { settling } from '../../../../src-renderer/ticket/settling'
import { ticket } from '../../../builders/tickets'

const running = { state: 'running', due: 1 }
type Case = {
  readonly mine?: 'open' | 'solved'
  readonly confirmed?: 'open' | 'solved'
  readonly reply?: 'unsent' | 'parked'
  readonly at?: SyncStatus['connection']['kind']
  readonly state?: string
}

function settled(name: 'firstResponse' | 'resolution', one: Case) {
  const { mine = 'open', confirmed = 'open', reply, at = 'live', state = 'running' } = one
  const timeline = reply
    ? [{ message: { type: 'reply' }, pending: { state: reply, commandId: 'c' } }]
    : [{ message: { type: 'reply' } }]
  const target = { ...running, state }
  const view = {
    ticket: ticket({ status: mine }),
    confirmed: ticket({ status: confirmed }),
    row: { report: { firstResponse: target, resolution: target } },
    timeline,
  } as unknown as TicketView
  return settling(name, view, at)
}

describe('a target that is on its way to its end', () => {
  it.each<['firstResponse' | 'resolution', Case, string | undefined, string]>([
    ['resolution', {}, undefined, 'nothing was done'],
    ['resolution', { mine: 'solved' }, 'solving', 'solved here, not yet at the portal'],
    ['firstResponse', { mine: 'solved' }, 'solving', 'a solve answers too'],
    ['resolution', { mine: 'solved', confirmed: 'solved', state: 'met' }, undefined, 'confirmed'],
    ['resolution', { mine: 'solved', at: 'offline' }, undefined, 'offline the clock goes on'],
    ['resolution', { mine: 'solved', at: 'polling' }, 'solving', 'without a stream it takes longer'],
    ['firstResponse', { reply: 'unsent' }, 'replying', 'a reply is on its way'],
    ['resolution', { reply: 'unsent' }, undefined, 'a reply resolves nothing'],
    ['firstResponse', { reply: 'parked' }, undefined, 'a refused reply is on no way'],
    ['firstResponse', { reply: 'unsent', at: 'offline' }, undefined, 'the customer has not got it'],
    ['firstResponse', { reply: 'unsent', state: 'met' }, undefined, 'it was answered before'],
  ])('%s of %j is %s: %s', (name, one, expected) => expect(settled(name, one)).toBe(expected))
})
