/// <reference path="../../../src-renderer/desk.d.ts" />

/** Moments of this window's start that the app itself has marked (start-marks.ts), in ms since the page began to load. */
export type StartTimes = {
  readonly reading: number
  /** All open tickets in memory and in order. */
  readonly sorted: number
  readonly all: number
  readonly painted: number
}

function times(): StartTimes | undefined {
  const at = (name: string, after = 0) =>
    performance
      .getEntriesByName(`start: ${name}`)
      .map(({ startTime }) => startTime)
      .find((time) => time >= after)
  const open = at('open rows')
  if (open === undefined) return undefined
  const [reading, sorted, all, painted] = [at('reading'), at('sorted', open), at('all rows'), at('painted')]
  if (reading === undefined || sorted === undefined || all === undefined || painted === undefined)
    return undefined
  return { reading, sorted, all, painted }
}

/** Resolves when everything is in memory and rows are on the screen. */
async function started(): Promise<StartTimes> {
  for (;;) {
    const found = times()
    if (found) return found
    await new Promise((done) => setTimeout(done, 20))
  }
}

async function mirror(): Promise<IDBDatabase> {
  const state = await window.desk.session.current()
  if (state.kind !== 'signed-in') throw new Error('nobody is signed in')
  return asked(indexedDB.open(`mirror.${state.profile}`))
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}

/** Resolves when the engine has written the snapshot of the tickets and has come to rest. */
async function snapshotIsThere(): Promise<void> {
  const db = await mirror()
  let [chunks, steady] = [-1, 0]
  while (steady < 10) {
    const transaction = db.transaction(['meta', 'snapshot', 'stale'])
    const [state, count, stale] = await Promise.all([
      asked<{ writtenTo?: string } | undefined>(transaction.objectStore('meta').get('snapshot')),
      asked(transaction.objectStore('snapshot').count()),
      asked(transaction.objectStore('stale').count()),
    ])
    const isComplete = state !== undefined && state.writtenTo === undefined && stale === 0
    steady = isComplete && count === chunks ? steady + 1 : 0
    chunks = count
    await new Promise((done) => setTimeout(done, 200))
  }
  db.close()
}

/** How long plain IndexedDB takes to read all tickets as they are, a thousand at once: the floor without a snapshot. */
async function readRows(): Promise<{ readonly ms: number; readonly rows: number }> {
  const db = await mirror()
  const begun = performance.now()
  let rows = 0
  for (let last = ''; ; ) {
    const store = db.transaction('ticket').objectStore('ticket')
    const page: { id: string }[] = await asked(store.getAll(IDBKeyRange.lowerBound(last, true), 1000))
    rows += page.length
    last = page.at(-1)?.id ?? ''
    if (page.length < 1000) break
  }
  const ms = performance.now() - begun
  db.close()
  return { ms, rows }
}

declare global {
  interface Window {
    benchStart: {
      started(): Promise<StartTimes>
      snapshotIsThere(): Promise<void>
      readRows(): ReturnType<typeof readRows>
    }
  }
}
window.benchStart = { started, snapshotIsThere, readRows }
