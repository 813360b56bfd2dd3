import { describe, expect, it } from 'vitest'
import { fillMacro } from '#shared/tickets/macro-fill'
import { withVariables } from '../../../../src-renderer/ticket/macro/with-variables'

const VALUES = {
  'ticket.number': 'MER-1001',
  customer: 'Harbor (Freight) Lines',
  requester: 'Olu Adeyemi',
  'requester.first': 'Olu',
  'agent.name': 'Jo Li',
  'agent.first': 'Jo',
}

describe('a text that becomes a macro', () => {
  it.each([
    ['Dear Olu, about MER-1001', 'Dear {{requester.first}}, about {{ticket.number}}', 'names are variables'],
    ['Olu Adeyemi wrote', '{{requester}} wrote', 'the whole name before its part'],
    ['at Harbor (Freight) Lines.', 'at {{customer}}.', 'whatever signs are in a name'],
    ['Olufemi and MER-10011', 'Olufemi and MER-10011', 'never a part of a word'],
    ['Jo wrote', 'Jo wrote', 'nothing as short as two letters'],
    ['{{customer}} of Olu', '{{customer}} of {{requester.first}}', 'what is a variable stays one'],
    ['{{Olu}}', '{{Olu}}', 'whatever it is called'],
  ])('%j becomes %j: %s', (text, macro) => expect(withVariables(text, VALUES)).toBe(macro))

  it('says the same again when it is filled in on its own ticket', () => {
    const text = 'Dear Olu, MER-1001 of Harbor (Freight) Lines is solved. Jo Li'
    expect(fillMacro({ body: withVariables(text, VALUES) }, VALUES).text).toBe(text)
  })
})
