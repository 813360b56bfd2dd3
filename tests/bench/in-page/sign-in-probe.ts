/// <reference path="../../../src-renderer/desk.d.ts" />
import type { DeskMessage } from '../../../src-renderer/store/desk-channel'
import { afterPaint, type Note, note, noteTransactions, takeNotes } from './notes'

export type SignInTimes = {
  /** Epoch ms. */
  readonly submittedAt: number
  readonly firstRowsAt: number
  readonly usableAt: number
  readonly notes: readonly Note[]
}

/** Resolves when a first sync that begins with the form is on the screen: `open` rows, and the open part complete. */
function untilUsable(open: number): Promise<SignInTimes> {
  noteTransactions()
  return new Promise((done) => {
    let submittedAt = Number.NaN
    let firstRowsAt = Number.NaN
    let hasBegun = false
    let openDone = false
    let isOver = false
    addEventListener(
      'submit',
      (event) => {
        submittedAt = performance.timeOrigin + event.timeStamp
      },
      { capture: true, once: true },
    )
    window.desk.session.changed((state) => {
      note(`session ${state.kind}`)
      if (state.kind !== 'signed-in') return
      const channel = new BroadcastChannel(`desk.${state.profile}`)
      channel.onmessage = ({ data }: MessageEvent<DeskMessage>) => {
        if (data.type === 'mirror') note('heard mirror', performance.now(), { size: data.tickets.length })
        if (data.type !== 'status') return
        const { firstSync } = data.status
        hasBegun ||= firstSync !== undefined
        if (openDone || !hasBegun || firstSync?.openDone === false) return
        openDone = true
        note('heard open part complete')
        look()
      }
    })
    const look = (): void => {
      const rows = document.querySelectorAll('[role=grid] [role=gridcell]').length
      if (rows === 0 || isOver) return
      if (Number.isNaN(firstRowsAt)) {
        firstRowsAt = 0
        note('first rows in the DOM')
        afterPaint((_, at) => {
          firstRowsAt = performance.timeOrigin + at
        })
      }
      const count = Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')) - 1
      if (!openDone || count < open) return
      isOver = true
      note('all rows in the DOM')
      afterPaint((_, at) => {
        done({ submittedAt, firstRowsAt, usableAt: performance.timeOrigin + at, notes: takeNotes() })
      })
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        note('long task', startTime, { tookMs: duration })
    }).observe({ type: 'longtask' })
  })
}

declare global {
  interface Window {
    benchSignIn: { untilUsable(open: number): Promise<SignInTimes> }
  }
}
window.benchSignIn = { untilUsable }
