import { afterPaint } from './notes'

/** What is to be seen on the screen once an action has been done. */
export type Expected =
  /** An element, with this text in it if one is given. */
  | { readonly is: 'there'; readonly selector: string; readonly text?: string }
  | { readonly is: 'gone'; readonly selector: string }
  | { readonly is: 'focused'; readonly selector: string }
  /** Something else than there was: another element first, or another text in it. */
  | { readonly is: 'other'; readonly selector: string }

function looks(selector: string): string {
  const element = document.querySelector(selector)
  return element ? `${element.id} ${element.textContent}` : ''
}

function check(expected: Expected): () => boolean {
  const { selector } = expected
  switch (expected.is) {
    case 'there': {
      const { text } = expected
      return () =>
        [...document.querySelectorAll(selector)].some(
          (element) => text === undefined || element.textContent?.includes(text) === true,
        )
    }
    case 'gone':
      return () => document.querySelector(selector) === null
    case 'focused':
      return () => document.activeElement?.matches(selector) === true
    case 'other': {
      const before = looks(selector)
      return () => looks(selector) !== before
    }
  }
}

/** From the next key with this name, by the time stamp of its event, until the frame is painted that shows what it did; ms. */
function untilShown(key: string, expected: Expected): Promise<number> {
  const isShown = check(expected)
  return new Promise((done, fail) => {
    if (expected.is !== 'other' && isShown())
      return fail(new Error(`${JSON.stringify(expected)} is so already`))
    let pressedAt: number | undefined
    const look = (): void => {
      if (pressedAt === undefined || !isShown()) return
      const began = pressedAt
      stop()
      afterPaint((_, paintedAt) => done(paintedAt - began))
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== key || pressedAt !== undefined) return
      pressedAt = event.timeStamp
      queueMicrotask(look)
    }
    const observer = new MutationObserver(look)
    const stop = (): void => {
      observer.disconnect()
      removeEventListener('keydown', onKey, { capture: true })
      removeEventListener('focusin', look)
    }
    addEventListener('keydown', onKey, { capture: true })
    addEventListener('focusin', look)
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
  })
}

declare global {
  interface Window {
    benchActions: { untilShown(key: string, expected: Expected): Promise<number> }
  }
}
window.benchActions = { untilShown }
