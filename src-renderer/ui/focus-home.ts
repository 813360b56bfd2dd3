/** Where the keyboard goes when what had it is gone: the queue, which is always there and has the keys. */
export function focusHome(): void {
  document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true })
}
