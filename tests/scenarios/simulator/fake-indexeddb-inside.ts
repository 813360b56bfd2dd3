import { IDBFactory } from 'fake-indexeddb'

/*
 * What of fake-indexeddb's inside the simulator touches: to take a process's unfinished transactions away without a
 * word, as kill -9 does, and to see what is stored without asking in line.
 */

type Listener = { readonly type: string; readonly callback: unknown }
type Target = { listeners: Listener[] }

export type RawTransaction = Target & {
  readonly mode: IDBTransactionMode
  readonly _scope: ReadonlySet<string>
  readonly db: RawConnection
  _state: 'active' | 'inactive' | 'committing' | 'finished'
  _started: boolean
  readonly _rollbackLog: unknown[]
  readonly _requests: { readonly request: RawRequest }[]
  error: DOMException | null
  onabort: unknown
  oncomplete: unknown
  onerror: unknown
  _start(): void
  _abort(name: string | null): void
}
export type RawRequest = Target & {
  readonly readyState: 'pending' | 'done'
  readonly _result: unknown
  transaction: RawTransaction | null
  onsuccess: unknown
  onerror: unknown
  onupgradeneeded?: unknown
  onblocked?: unknown
}
export type RawConnection = Target & {
  readonly _rawDatabase: RawDatabase
  readonly name: string
  onversionchange: unknown
  onclose: unknown
  transaction(stores: string | string[], mode?: IDBTransactionMode, options?: object): RawTransaction
  close(): void
}
type RawRecord = { readonly key: unknown; readonly value: unknown }
type RawRecords = {
  readonly keysAreUnique: boolean
  values(): Iterable<RawRecord>
  put(record: RawRecord): void
}
type RawIndex = {
  readonly name: string
  readonly keyPath: unknown
  readonly multiEntry: boolean
  readonly unique: boolean
  initialized: boolean
  records: RawRecords
}
type RawStore = {
  readonly name: string
  readonly keyPath: unknown
  readonly autoIncrement: boolean
  records: RawRecords
  readonly rawIndexes: Map<string, RawIndex>
}
export type RawDatabase = {
  readonly name: string
  version: number
  readonly transactions: RawTransaction[]
  readonly connections: RawConnection[]
  readonly rawObjectStores: Map<string, RawStore>
  readonly processTransactions: unknown
}
export type RawFactory = IDBFactory & { readonly _databases: Map<string, RawDatabase> }

export function newFactory(): RawFactory {
  return new IDBFactory() as RawFactory
}

/** Another one of the same class as `made`. */
function another<T extends object>(made: T, ...parts: readonly unknown[]): T {
  return Reflect.construct(made.constructor, parts) as T
}

function copyOfRecords(records: RawRecords): RawRecords {
  const copy = another(records, records.keysAreUnique)
  // Records are replaced, never changed: two databases may share one.
  for (const record of records.values()) copy.put(record)
  return copy
}

/** The same stores with the same rows; what one of the two writes, the other doesn't see. */
export function copyOfDatabase(database: RawDatabase): RawDatabase {
  const copy = another(database, database.name, database.version)
  for (const [name, store] of database.rawObjectStores) {
    const stored = another(store, copy, name, store.keyPath, store.autoIncrement)
    stored.records = copyOfRecords(store.records)
    for (const [indexName, index] of store.rawIndexes) {
      const indexed = another(index, stored, indexName, index.keyPath, index.multiEntry, index.unique)
      indexed.records = copyOfRecords(index.records)
      indexed.initialized = true
      stored.rawIndexes.set(indexName, indexed)
    }
    copy.rawObjectStores.set(name, stored)
  }
  return copy
}

/** Nobody hears of it any more; what the databases themselves listen to goes on. */
function silence(target: Target, keep: (listener: Listener, index: number) => boolean = () => false): void {
  target.listeners = target.listeners.filter(keep)
}

export function silenceRequest(request: RawRequest): void {
  silence(request)
  request.onsuccess = null
  request.onerror = null
  request.onupgradeneeded = null
  request.onblocked = null
}

/** fake-indexeddb's own three listeners come first on each transaction. */
const OWN_LISTENERS = 3

/**
 * Ends a transaction of a dead process without telling it. @param committed it had reached the disk, though nobody
 * has heard of it
 */
export function endSilently(transaction: RawTransaction, committed: boolean): void {
  const { processTransactions } = transaction.db._rawDatabase
  silence(transaction, ({ callback }, index) => index < OWN_LISTENERS || callback === processTransactions)
  transaction.onabort = null
  transaction.oncomplete = null
  transaction.onerror = null
  for (const { request } of transaction._requests) silenceRequest(request)
  if (committed) transaction._rollbackLog.length = 0
  transaction._abort(null)
}

export function silenceConnection(connection: RawConnection): void {
  silence(connection)
  connection.onversionchange = null
  connection.onclose = null
}
