import type { DeskMessage } from '../../../src-renderer/store/desk-channel'
import type { MirrorRow } from '../../../src-renderer/store/mirror-db'

type TicketRow = MirrorRow<'ticket'>

/** What happens to a batch of tickets. */
export type Change = {
  /** Get `mark` into their subject and stay where they are. */
  readonly renamed: readonly string[]
  /** Get another priority, which gives them another due date and so another place. */
  readonly moved: readonly string[]
  readonly mark: string
}

let database: IDBDatabase | undefined

async function open(profile: string): Promise<IDBDatabase> {
  database ??= await asPromise(indexedDB.open(`mirror.${profile}`))
  return database
}

function asPromise<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}

/** Writes a change into the mirror as a page of the portal's feed would, then tells the windows of it. */
async function write(profile: string, { renamed, moved, mark }: Change): Promise<void> {
  const db = await open(profile)
  const ids = [...renamed, ...moved]
  const transaction = db.transaction(['ticket', 'stale'], 'readwrite', { durability: 'relaxed' })
  const store = transaction.objectStore('ticket')
  for (const id of ids) transaction.objectStore('stale').put({ id })
  const rows = await Promise.all(ids.map((id) => asPromise<TicketRow>(store.get(id))))
  rows.forEach((row, index) => {
    store.put(index < renamed.length ? rename(row, mark) : reprioritise(row, mark))
  })
  await new Promise<void>((done, fail) => {
    transaction.oncomplete = () => done()
    transaction.onabort = () => fail(transaction.error)
  })
  const channel = new BroadcastChannel(`desk.${profile}`)
  const message: DeskMessage = { type: 'mirror', tickets: ids, messagesOf: [], others: {} }
  channel.postMessage(message)
  channel.close()
}

function rename(row: TicketRow, mark: string): TicketRow {
  const subject = `${mark} ${row.value.subject.replace(/^~\d+ /, '')}`
  return { ...row, version: row.version + 1, value: { ...row.value, subject } }
}

function reprioritise(row: TicketRow, mark: string): TicketRow {
  const { value } = rename(row, mark)
  const priority = value.priority === 'P1' ? 'P2' : 'P1'
  const at = Math.max(Date.now(), value.slaEvents.at(-1)?.at ?? 0)
  return {
    ...row,
    version: row.version + 1,
    value: {
      ...value,
      priority,
      updatedAt: at,
      slaEvents: [...value.slaEvents, { at, type: 'prioritised', priority }],
    },
  }
}

declare global {
  interface Window {
    benchWriter: { write(profile: string, change: Change): Promise<void> }
  }
}
window.benchWriter = { write }
