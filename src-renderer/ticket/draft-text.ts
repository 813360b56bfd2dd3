/** A text that is put back into the box stands above what is there, and what is there stays. */
export function above(more: string, there: string): string {
  return there.trim() === '' ? more : `${more}\n\n${there}`
}

/** What was typed beside a text while that was being sent. Where nobody can tell them apart, all of it stays. */
export function withoutSent(text: string, sent: string): string {
  if (text.startsWith(sent)) return text.slice(sent.length).trimStart()
  return text.endsWith(sent) ? text.slice(0, text.length - sent.length).trimEnd() : text
}
