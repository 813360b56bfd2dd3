import type { MacroValues, MacroVariable } from '#shared/tickets/macro-variables'

/** What is another name in another ticket; a whole name goes before the first name that is part of it. */
const NAMES = [
  'ticket.number',
  'customer',
  'requester',
  'agent.name',
  'requester.first',
  'agent.first',
] as const satisfies readonly MacroVariable[]

/** Too short to be told from an ordinary word. */
const MIN_LENGTH = 3

/** Turns what names this ticket and its people back into variables, so that the text fits the next one. */
export function withVariables(text: string, values: MacroValues): string {
  return NAMES.reduce((result, variable) => {
    const value = values[variable]
    if (value === undefined || value.length < MIN_LENGTH) return result
    const plain = value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    const word = new RegExp(String.raw`(?<![\p{L}\p{N}{])${plain}(?![\p{L}\p{N}}])`, 'gu')
    return result.replace(word, () => `{{${variable}}}`)
  }, text)
}
