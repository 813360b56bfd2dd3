/** A text that is put back into the box stands above what is there, and what is there stays. */
export function above(more: string, there: string): string {
  return there.trim() === '' ? more : `${more}\n\n${there}`
}
