export type Insertion = {
  /** Where it goes: nothing that was typed is replaced. */
  readonly at: number
  /** The text with the blank lines that set it apart from what stands around it. */
  readonly text: string
  /** `[from, to)` of the text itself, once it stands there. */
  readonly from: number
  readonly to: number
}

/** Puts a text of its own paragraph into what was typed, at the cursor; what was selected stays. */
export function insertion(typed: string, cursor: number, text: string): Insertion {
  const before = typed.slice(0, cursor)
  const after = typed.slice(cursor)
  const lead = before.trim() === '' ? '' : '\n'.repeat(Math.max(0, 2 - countAt(/\n*$/, before)))
  const trail = after.trim() === '' ? '' : '\n'.repeat(Math.max(0, 2 - countAt(/^\n*/, after)))
  const from = cursor + lead.length
  return { at: cursor, text: `${lead}${text}${trail}`, from, to: from + text.length }
}

function countAt(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0
}
