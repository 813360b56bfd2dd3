/** A saved draft and what was typed before it was read: both, once each. What was saved while it was typed goes on in it. */
export function joined(saved: string, typed: string): string {
  if (typed === '' || saved === typed || saved.endsWith(`\n\n${typed}`)) return saved
  const begun = saved.slice(saved.lastIndexOf('\n\n') + 2)
  if (saved.includes('\n\n') && begun !== '' && typed.startsWith(begun)) {
    return saved.slice(0, saved.length - begun.length) + typed
  }
  if (typed.startsWith(saved)) return typed
  return `${saved}\n\n${typed}`
}
