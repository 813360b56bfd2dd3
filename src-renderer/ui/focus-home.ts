/** Where the keyboard goes when what had it is gone: the queue, which has the keys; in a window without one, the conversation. */
export function focusHome(): void {
  const home =
    document.querySelector<HTMLElement>('[role=grid]') ?? document.querySelector<HTMLElement>('[role=log]')
  home?.focus({ preventScroll: true })
}
