/** A text that is put back into the box stands above what is there, and what is there stays. */
export function above(more: string, there: string): string {
  return there.trim() === '' ? more : `${more}\n\n${there}`
}

/** A saved draft and what was typed before it was read: both, once each. */
export function joined(saved: string, typed: string): string {
  if (typed === '' || saved === typed || saved.endsWith(`\n\n${typed}`)) return saved
  return saved === '' ? typed : `${saved}\n\n${typed}`
}
