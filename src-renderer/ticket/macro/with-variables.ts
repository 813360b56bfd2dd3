import type { MacroValues, MacroVariable } from '#shared/tickets/macro-variables'

/** What is another name in another ticket; where two are the same, what comes first. */
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
  const named = new Map<string, MacroVariable>()
  for (const variable of NAMES) {
    const value = values[variable]
    if (value !== undefined && value.length >= MIN_LENGTH && !named.has(value)) named.set(value, variable)
  }
  if (named.size === 0) return text
  const longestFirst = [...named.keys()].sort((a, b) => b.length - a.length).map(plain)
  // What is a variable already comes first, and stays one.
  const word = new RegExp(
    String.raw`\{\{[^{}]*\}\}|(?<![\p{L}\p{N}])(?:${longestFirst.join('|')})(?![\p{L}\p{N}])`,
    'gu',
  )
  return text.replace(word, (found) => {
    const variable = named.get(found)
    return variable ? `{{${variable}}}` : found
  })
}

function plain(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
