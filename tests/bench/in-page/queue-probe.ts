/// <reference path="../../../src-renderer/desk.d.ts" />
import type { DeskMessage } from '../../../src-renderer/store/desk-channel'
import { afterPaint } from './notes'

/** Parts of a change on its way to the screen, in ms. */
export type Reached = {
  /** From the message's arrival until the rows were read from the mirror; the rest of `toDom` is script. */
  readonly reading: number
  /** From the message's arrival until the rows are in the DOM. */
  readonly toDom: number
  /** Style, layout and paint of the frame that shows them. */
  readonly painting: number
  /** From the message's arrival until that frame is painted, with the wait for the display's next refresh. */
  readonly withRefresh: number
}

/** How a page draws while something goes on. */
export type Frames = {
  readonly apart: readonly number[]
  /** Script, style, layout and paint of each frame. */
  readonly work: readonly number[]
}

let profile = ''

/** Resolves with the profile once the queue shows `count` rows. */
async function ready(count: number): Promise<string> {
  const state = await window.desk.session.current()
  if (state.kind !== 'signed-in') throw new Error('nobody is signed in')
  profile = state.profile
  await seen(() => rowCount() >= count && cells() > 0)
  return profile
}

const rowCount = (): number =>
  Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 1) - 1
const cells = (): number => document.querySelectorAll('[role=grid] [role=gridcell]').length

/** Resolves in the moment in which the DOM has become so. */
function seen(isSo: () => boolean): Promise<void> {
  if (isSo()) return Promise.resolve()
  return new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (!isSo()) return
      observer.disconnect()
      done()
    })
    // No attributes: noting each of them would slow down what is measured.
    observer.observe(document, { subtree: true, childList: true, characterData: true })
  })
}

/** Ids of the tickets whose rows can be seen, from the top. */
function visibleIds(): readonly string[] {
  const frame = document.querySelector('[role=grid] > [role=presentation]')?.getBoundingClientRect()
  if (!frame) throw new Error('there is no queue on the screen')
  return [...document.querySelectorAll('[role=row][id^=row-]')]
    .map((row) => ({ id: row.id.slice('row-'.length), top: row.getBoundingClientRect().top }))
    .filter(({ top }) => top >= frame.top && top < frame.bottom)
    .sort((a, b) => a.top - b.top)
    .map(({ id }) => id)
}

let lastReadAt = Number.NaN

/** Keeps when the last row arrived from the mirror. */
function watchReads(): void {
  const { get } = IDBObjectStore.prototype
  IDBObjectStore.prototype.get = function (this: IDBObjectStore, key) {
    const request = get.call(this, key)
    request.addEventListener('success', () => {
      lastReadAt = performance.now()
    })
    return request
  }
}

/** Waits for the next change that the engine's page tells of; `shownBy` are tickets whose rows will say `mark`. */
function nextChange(mark: string, shownBy: readonly string[]): Promise<Reached> {
  return new Promise((done) => {
    const channel = new BroadcastChannel(`desk.${profile}`)
    channel.onmessage = async (event: MessageEvent<DeskMessage>) => {
      if (event.data.type !== 'mirror') return
      channel.close()
      const arrivedAt = event.timeStamp
      await seen(() =>
        shownBy.every((id) => document.getElementById(`row-${id}`)?.textContent?.includes(mark) === true),
      )
      const inDomAt = performance.now()
      afterPaint((startedAt, paintedAt) => {
        const toDom = inDomAt - arrivedAt
        const reading = lastReadAt - arrivedAt
        done({ reading, toDom, painting: paintedAt - startedAt, withRefresh: paintedAt - arrivedAt })
      })
    }
  })
}

/** Every following key in the filter: from the input event until the matches are painted. */
function keystrokes(): { take(): readonly Reached[] } {
  const all: Reached[] = []
  const onInput = (event: Event) => {
    const arrivedAt = event.timeStamp
    afterPaint((startedAt, paintedAt) => {
      all.push({
        reading: 0,
        toDom: afterAt - arrivedAt,
        painting: paintedAt - startedAt,
        withRefresh: paintedAt - arrivedAt,
      })
    })
    let afterAt = Number.NaN
    const { port1, port2 } = new MessageChannel()
    // React has rendered when the event is over; the next task comes right behind it.
    port1.onmessage = () => {
      afterAt = performance.now()
    }
    port2.postMessage(undefined)
  }
  addEventListener('input', onInput, { capture: true })
  return {
    take() {
      removeEventListener('input', onInput, { capture: true })
      return all
    },
  }
}

/** Scrolls the queue by `rows` of its rows in each of `frames` frames. */
function scroll(frames: number, rows: number): Promise<Frames> {
  const scroller = document.querySelector('[role=grid] > [role=presentation]')
  if (!scroller) throw new Error('there is no queue on the screen')
  return new Promise((done) => {
    const apart: number[] = []
    const work: number[] = []
    let before = Number.NaN
    const step = (): void => {
      const startedAt = performance.now()
      if (!Number.isNaN(before)) apart.push(startedAt - before)
      before = startedAt
      if (apart.length >= frames) {
        done({ apart, work })
        return
      }
      scroller.scrollTop += rows * 36
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => work.push(performance.now() - startedAt)
      port2.postMessage(undefined)
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })
}

declare global {
  interface Window {
    benchQueue: {
      ready(count: number): Promise<string>
      visibleIds(): readonly string[]
      nextChange(mark: string, shownBy: readonly string[]): Promise<Reached>
      watchKeys(): void
      takeKeys(): readonly Reached[]
      scroll(frames: number, rows: number): Promise<Frames>
    }
  }
}
watchReads()
let keys: ReturnType<typeof keystrokes> | undefined
window.benchQueue = {
  ready,
  visibleIds,
  nextChange,
  watchKeys() {
    keys = keystrokes()
  },
  takeKeys: () => keys?.take() ?? [],
  scroll,
}
