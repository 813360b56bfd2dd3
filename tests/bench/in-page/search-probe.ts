type Found = {
  readonly type: string
  readonly text: string
  readonly isAll: boolean
  readonly added: readonly string[]
  readonly searched: number
}
export type Times = { readonly firstMs: number; readonly completeMs: number; readonly hits: number }

/** Asks the engine for a text as a window does; ms until the first answer and until all messages have been looked through. */
async function search(text: string): Promise<Times> {
  const databases = await indexedDB.databases()
  const mirror = databases.find(({ name }) => name?.startsWith('mirror.'))?.name
  if (mirror === undefined) throw new Error('there is no mirror')
  const channel = new BroadcastChannel(mirror.replace(/^mirror\./, 'desk.'))
  const began = performance.now()
  let firstMs: number | undefined
  let hits = 0
  return new Promise((done) => {
    channel.onmessage = ({ data }: MessageEvent<Found>) => {
      if (data.type !== 'found' || data.text !== text) return
      hits = data.isAll ? data.added.length : hits + data.added.length
      if (hits > 0) firstMs ??= performance.now() - began
      if (data.searched < 1) return
      channel.close()
      const completeMs = performance.now() - began
      done({ firstMs: firstMs ?? completeMs, completeMs, hits })
    }
    channel.postMessage({ type: 'find', text })
  })
}

/** Resolves when so many messages are on this computer. */
async function messagesAreThere(count: number): Promise<void> {
  const databases = await indexedDB.databases()
  const mirror = databases.find(({ name }) => name?.startsWith('mirror.'))?.name
  if (mirror === undefined) throw new Error('there is no mirror')
  const db = await new Promise<IDBDatabase>((done, fail) => {
    const open = indexedDB.open(mirror)
    open.onsuccess = () => done(open.result)
    open.onerror = () => fail(open.error)
  })
  const here = () =>
    new Promise<number>((done) => {
      const asked = db.transaction('message').objectStore('message').count()
      asked.onsuccess = () => done(asked.result)
    })
  while ((await here()) < count) await new Promise((done) => setTimeout(done, 500))
  db.close()
}

declare global {
  interface Window {
    benchSearch: {
      search(text: string): Promise<Times>
      messagesAreThere(count: number): Promise<void>
    }
  }
}
window.benchSearch = { search, messagesAreThere }
