/**
 * Where the keyboard goes when what had it is gone: the queue, which has the keys; where that can't be seen (a window of
 * a ticket alone, a narrow one with a ticket in the queue's place) the conversation.
 */
export function focusHome(): void {
  const homes = ['grid', 'log'].flatMap((role) => document.querySelector<HTMLElement>(`[role=${role}]`) ?? [])
  homes.find((home) => home.checkVisibility({ checkVisibilityCSS: true }))?.focus({ preventScroll: true })
}
