import { type Macro, macroSchema } from './macro'
import { type MacroValues, macroVariableNamed, macroVariableNames } from './macro-variables'

// All of a bounded length: texts are long, and so are some of the words and blanks in them.
const NAME = String.raw`[A-Za-z][\w.-]{0,59}`
const BLANKS = String.raw`[ \t]{0,9}`
const WHOLE = new RegExp(String.raw`\{\{${BLANKS}(${NAME})${BLANKS}\}\}`, 'g')
/** One with something missing; only what is a variable's name counts, for braces stand in code too. */
const TORN = new RegExp(String.raw`(\{{0,2})${BLANKS}(?<![\w.-])(${NAME})${BLANKS}(\}{0,2})`, 'g')

export type FilledMacro = {
  readonly text: string
  /** Variables that this ticket has nothing for, as they stand in the text: the person writes something there. */
  readonly unfilled: readonly string[]
  /** Variables that nobody knows. */
  readonly unknown: readonly string[]
}

/**
 * The text of a macro with its variables filled in. A value is text: variables in it are never filled in. What can't
 * be filled in stays in the text, where `leftoverVariables` finds it before it is sent.
 */
export function fillMacro(macro: Pick<Macro, 'body'>, values: MacroValues): FilledMacro {
  const unfilled = new Set<string>()
  const unknown = new Set<string>()
  const text = macro.body.replace(WHOLE, (written, name: string) => {
    const variable = macroVariableNamed(name)
    const value = variable && values[variable]
    if (value !== undefined) return value
    if (variable) unfilled.add(variable)
    else unknown.add(name)
    return written
  })
  return { text, unfilled: [...unfilled], unknown: [...unknown] }
}

/** A variable that stands in a text, `[from, to)` in UTF-16 units. */
export type Leftover = { readonly text: string; readonly from: number; readonly to: number }

/**
 * The variables in a text that is about to be sent, in order; also those that lost a brace while it was edited. What
 * stands in double braces and is no word, as in other people's templates, is none.
 */
export function leftoverVariables(text: string): readonly Leftover[] {
  const found = new Map<number, Leftover>()
  const add = (written: string, from: number) =>
    found.set(from, { text: written, from, to: from + written.length })
  for (const { 0: written, index } of text.matchAll(WHOLE)) add(written, index)
  for (const torn of tornVariables(text)) add(torn.text, torn.from)
  return [...found.values()].sort((a, b) => a.from - b.from)
}

/** One side has its two braces, the other has not. */
function tornVariables(text: string): readonly (Leftover & { readonly name: string })[] {
  return [...text.matchAll(TORN)].flatMap(
    ({ 0: written, 1: open = '', 2: word = '', 3: close = '', index }) => {
      const name = macroVariableNamed(word.replace(/[.-]+$/, ''))
      if (!name || (open.length === 2) === (close.length === 2)) return []
      const from = index + (open === '' ? written.length - written.trimStart().length : 0)
      const to = close === '' ? index + written.trimEnd().length : index + written.length
      return [{ name, text: text.slice(from, to), from, to }]
    },
  )
}

export type MacroProblem = {
  /** Of the macro. */
  readonly field: string
  readonly message: string
}

/** What is wrong with a macro that somebody wants to save; nothing is an empty list. */
export function macroProblems(macro: Macro): readonly MacroProblem[] {
  const checked = macroSchema.safeParse(macro)
  const problems: MacroProblem[] = (checked.error?.issues ?? []).map(({ path, message }) => ({
    field: path.join('.'),
    message,
  }))
  for (const name of fillMacro(macro, {}).unknown) {
    const meant = nearest(name)
    const instead = meant ? `did you mean {{${meant}}}?` : `there are ${macroVariableNames.join(', ')}`
    problems.push({ field: 'body', message: `there is no variable '${name}': ${instead}` })
  }
  for (const { text, name } of tornVariables(macro.body)) {
    problems.push({ field: 'body', message: `'${text}' lacks a brace: write {{${name}}}` })
  }
  return problems
}

/** The variable that is at most two letters away. */
function nearest(name: string): string | undefined {
  const distances = macroVariableNames.map((known) => ({
    known,
    away: lettersBetween(name.toLowerCase(), known.toLowerCase()),
  }))
  return distances.filter(({ away }) => away <= 2).sort((a, b) => a.away - b.away)[0]?.known
}

/** Levenshtein's distance. */
function lettersBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let line = 1; line <= a.length; line += 1) {
    const next = [line]
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (a[line - 1] === b[column - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
