import { afterPaint } from './notes'

/** Instants are epoch ms with fractions, so that those of two desks on one machine can be compared. */
const epoch = (at: number): number => performance.timeOrigin + at

/** When the next key of this name is pressed. */
function nextKey(key: string): Promise<number> {
  return new Promise((done) => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== key) return
      removeEventListener('keydown', onKey, { capture: true })
      done(epoch(event.timeStamp))
    }
    addEventListener('keydown', onKey, { capture: true })
  })
}

/** When the frame is painted in which this is so. */
function painted(isSo: () => boolean): Promise<number> {
  return new Promise((done) => {
    const look = (): boolean => {
      if (!isSo()) return false
      afterPaint((_, at) => done(epoch(at)))
      return true
    }
    const observer = new MutationObserver(() => {
      if (look()) observer.disconnect()
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true })
    if (look()) observer.disconnect()
  })
}

const rowOf = (id: string): Element | undefined => document.getElementById(id) ?? undefined
const ownerIn = (id: string): string | undefined =>
  rowOf(id)?.querySelector('[data-column=assignee], [data-column=owner]')?.innerHTML

/** The row that is selected, by its element's id. */
function selected(): string {
  const row = document.querySelector('[role=row][aria-selected=true]')
  if (!row) throw new Error('no row is selected')
  return row.id
}

/** When another owner of the row is on the screen. */
function otherOwner(id: string): Promise<number> {
  const before = ownerIn(id)
  if (before === undefined) throw new Error(`${id} is not on the screen, or shows no owner`)
  return painted(() => ownerIn(id) !== undefined && ownerIn(id) !== before)
}

/** When the text is on the screen in the conversation of the ticket that is open. */
function said(text: string): Promise<number> {
  return painted(() => document.querySelector('[role=log]')?.textContent?.includes(text) === true)
}

declare global {
  interface Window {
    benchDesk: {
      nextKey(key: string): Promise<number>
      selected(): string
      otherOwner(id: string): Promise<number>
      said(text: string): Promise<number>
    }
  }
}
window.benchDesk = { nextKey, selected, otherOwner, said }
