/** What JSON may say and `jsonb` refuses: NUL and halves of a surrogate pair, as JSON.stringify escapes them. */
const REFUSED_ESCAPE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/
const REFUSED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for.
  /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/**
 * JSON text of a value for a `jsonb` column. Characters that PostgreSQL can't store (NUL, half a surrogate pair)
 * become U+FFFD: text of a customer may hold anything and must not make a record unwritable.
 */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (!REFUSED_ESCAPE.test(text)) return text
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replace(REFUSED, '\uFFFD') : part,
  )
}
