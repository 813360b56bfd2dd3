/** Reads tags as they are typed: words apart by blanks or commas are added, those with a minus are taken away. */
export function readTags(text: string): { readonly add: string[]; readonly remove: string[] } {
  const add = new Set<string>()
  const remove = new Set<string>()
  for (const word of text.toLowerCase().split(/[\s,]+/)) {
    const tag = word.replace(/^[+-]/, '').slice(0, 50)
    if (tag === '') continue
    if (word.startsWith('-')) remove.add(tag)
    else add.add(tag)
  }
  return { add: [...add], remove: [...remove].filter((tag) => !add.has(tag)) }
}
