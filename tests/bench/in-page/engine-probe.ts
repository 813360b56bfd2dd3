/// <reference path="../../../src-renderer/desk.d.ts" />
import type { DeskMessage } from '../../../src-renderer/store/desk-channel'
import { type Note, note, noteTransactions, takeNotes } from './notes'

/** Notes what the engine does during a first sync: requests, the reading of answers, writes, and what it tells. */
function watch(): void {
  noteTransactions()
  const fetchNow = window.fetch
  window.fetch = async (input, init) => {
    const begunAt = performance.now()
    const answer = await fetchNow(input, init)
    const path = String(input)
      .replace(/^.*\/v1/, '')
      .replace(/\?.*$/, '')
    note(`request ${path}`, begunAt, { tookMs: performance.now() - begunAt })
    return answer
  }
  const { text } = Response.prototype
  Response.prototype.text = async function (this: Response) {
    const begunAt = performance.now()
    const body = await text.call(this)
    note('body', begunAt, { tookMs: performance.now() - begunAt, size: body.length })
    return body
  }
  const { postMessage } = BroadcastChannel.prototype
  BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, message: DeskMessage) {
    if (message.type === 'mirror') note('told mirror', performance.now(), { size: message.tickets.length })
    postMessage.call(this, message)
  }
  window.desk.session.changed((state) => note(`session ${state.kind}`))
}

declare global {
  interface Window {
    benchEngine: { takeNotes(): readonly Note[] }
  }
}
window.benchEngine = { takeNotes }
watch()
