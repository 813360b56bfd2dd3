/** So few are compared as a whole. */
const FEW = 12

/**
 * Sorts texts in place, as `<` compares them. Character by character (multikey quicksort): subjects have beginnings in
 * common, which are looked at once for all of them instead of at every comparison.
 */
export function sortTexts(texts: string[]): void {
  sortFrom(texts, 0, texts.length, 0)
}

/** Those from `low` to before `high`, which are the same before the character at `depth`. */
function sortFrom(texts: string[], low: number, high: number, depth: number): void {
  let [start, end, at] = [low, high, depth]
  while (end - start > FEW) {
    const pivot = middleOf(
      characterAt(texts[start], at),
      characterAt(texts[(start + end) >>> 1], at),
      characterAt(texts[end - 1], at),
    )
    let less = start
    let more = end
    for (let next = start; next < more; ) {
      const character = characterAt(texts[next], at)
      if (character < pivot) {
        swap(texts, less, next)
        less += 1
        next += 1
      } else if (character > pivot) {
        more -= 1
        swap(texts, next, more)
      } else next += 1
    }
    sortFrom(texts, start, less, at)
    sortFrom(texts, more, end, at)
    // Those that are over here are the same text.
    if (pivot < 0) return
    start = less
    end = more
    at += 1
  }
  insertInOrder(texts, start, end)
}

/** -1 behind its end. */
function characterAt(text: string | undefined, at: number): number {
  return text !== undefined && at < text.length ? text.charCodeAt(at) : -1
}

function middleOf(a: number, b: number, c: number): number {
  return a < b ? Math.min(b, Math.max(a, c)) : Math.min(a, Math.max(b, c))
}

function swap(texts: string[], a: number, b: number): void {
  const text = texts[a] ?? ''
  texts[a] = texts[b] ?? ''
  texts[b] = text
}

function insertInOrder(texts: string[], start: number, end: number): void {
  for (let next = start + 1; next < end; next += 1) {
    const text = texts[next] ?? ''
    let place = next
    for (; place > start; place -= 1) {
      const before = texts[place - 1] ?? ''
      if (before <= text) break
      texts[place] = before
    }
    texts[place] = text
  }
}
