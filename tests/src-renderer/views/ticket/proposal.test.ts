import { describe, expect, it } from 'vitest'
import type { CommandDraft } from '../../../../src-renderer/store/desk-store'
import { giveProposal } from '../../../../src-renderer/ticket/macro/give-proposal'
import {
  isNothing,
  NOTHING_PROPOSED,
  type Proposal,
  proposed,
  stillToDo,
} from '../../../../src-renderer/ticket/macro/proposal'

describe('what macros propose', () => {
  it.each<[string, Proposal, Parameters<typeof proposed>[1], Proposal]>([
    ['the first', NOTHING_PROPOSED, { status: 'solved', tags: ['a'] }, { status: 'solved', tags: ['a'] }],
    ['none', { status: 'solved', tags: ['a'] }, {}, { status: 'solved', tags: ['a'] }],
    [
      'the last status and all tags',
      { status: 'solved', tags: ['a'] },
      { status: 'on-hold', tags: ['b', 'a'] },
      { status: 'on-hold', tags: ['a', 'b'] },
    ],
  ])('of several macros: %s', (_, before, macro, after) => expect(proposed(before, macro)).toEqual(after))

  it('leaves out what the ticket has already', () => {
    const left = stillToDo({ status: 'open', tags: ['a', 'b'] }, { status: 'open', tags: ['a'] })
    expect(left).toEqual({ status: undefined, tags: ['b'] })
    expect(isNothing(left)).toBe(false)
    expect(isNothing(stillToDo({ status: 'open', tags: ['a'] }, { status: 'open', tags: ['a'] }))).toBe(true)
  })

  it.each<[Proposal, string[]]>([
    [{ tags: [] }, []],
    [{ status: 'solved', tags: [] }, ['set-status']],
    [{ status: 'solved', tags: ['a'] }, ['set-status', 'tag']],
  ])('%j is given as %j', async (proposal, types) => {
    const given: CommandDraft[] = []
    await giveProposal({ run: async (draft) => void given.push(draft) }, 'ticket-1', proposal)
    expect(given.map(({ type }) => type)).toEqual(types)
    expect(given.every(({ target }) => target === 'ticket-1')).toBe(true)
  })
})
