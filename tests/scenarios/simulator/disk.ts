import {
  copyOfDatabase,
  endSilently,
  newFactory,
  type RawConnection,
  type RawRequest,
  type RawTransaction,
  silenceConnection,
  silenceRequest,
} from './fake-indexeddb-inside'
import type { Random } from './random'

/** Told of each transaction that reached the disk, in the order in which they did. */
export type OnCommit = (database: string, stores: ReadonlySet<string>) => void

/** The databases of one computer; they outlive its processes. */
export class Disk {
  readonly #factory = newFactory()
  /** A transaction that writes fails at its commit, as Chromium's quota makes it. */
  isFull = false
  onCommit: OnCommit = () => {}

  /** A disk with the same on it. */
  static copyOf(other: Disk): Disk {
    const disk = new Disk()
    for (const [name, database] of other.#factory._databases) {
      disk.#factory._databases.set(name, copyOfDatabase(database))
    }
    return disk
  }

  /** What one process sees of them. */
  forProcess(): DatabasesOfProcess {
    return new DatabasesOfProcess(this, this.#factory)
  }

  /** What Chromium does with a damaged database: it comes up new and empty, without any error. */
  lose(database: string): void {
    const raw = this.#factory._databases.get(database)
    if (raw && raw.connections.length > 0) throw new Error(`${database} is in use`)
    this.#factory._databases.delete(database)
  }

  get isInUse(): boolean {
    return [...this.#factory._databases.values()].some(({ connections }) => connections.length > 0)
  }

  has(database: string): boolean {
    return this.#factory._databases.has(database)
  }

  /** What is stored right now, in the order of the keys. Rows are replaced, never changed: compare them by identity. */
  rows(database: string, store: string): unknown[] {
    const records = this.#factory._databases.get(database)?.rawObjectStores.get(store)?.records
    return records ? [...records.values()].map(({ value }) => value) : []
  }
}

export class DatabasesOfProcess {
  readonly #disk: Disk
  readonly #inner: IDBFactory
  readonly #connections = new Set<RawConnection>()
  readonly #opening = new Set<RawRequest>()
  readonly factory: IDBFactory

  constructor(disk: Disk, inner: IDBFactory) {
    this.#disk = disk
    this.#inner = inner
    this.factory = {
      open: (name: string, version?: number) => this.#open(name, version),
      deleteDatabase: (name: string) => inner.deleteDatabase(name),
      databases: () => inner.databases(),
      cmp: (first: unknown, second: unknown) => inner.cmp(first, second),
    }
  }

  #open(name: string, version: number | undefined): IDBOpenDBRequest {
    const given = version === undefined ? this.#inner.open(name) : this.#inner.open(name, version)
    const request = given as unknown as RawRequest
    this.#opening.add(request)
    // First in line, so that nothing of the process runs before its connection is known.
    given.addEventListener('upgradeneeded', () => this.#adopt(request._result as RawConnection, request))
    given.addEventListener('success', () => {
      this.#opening.delete(request)
      this.#adopt(request._result as RawConnection)
    })
    given.addEventListener('error', () => this.#opening.delete(request))
    return given
  }

  #adopt(connection: RawConnection, opening?: RawRequest): void {
    if (opening?.transaction) this.#watch(opening.transaction)
    if (this.#connections.has(connection)) return
    this.#connections.add(connection)
    const begin = connection.transaction.bind(connection)
    connection.transaction = (stores, mode, options) => {
      const transaction = begin(stores, mode, options)
      if (mode === 'readwrite') this.#watch(transaction)
      return transaction
    }
  }

  #watch(transaction: RawTransaction): void {
    const start = transaction._start.bind(transaction)
    const disk = this.#disk
    transaction._start = () => {
      const commits = transaction._state !== 'finished' && transaction._requests.length === 0
      if (commits && disk.isFull && transaction._rollbackLog.length > 0) {
        transaction._abort('QuotaExceededError')
        return
      }
      start()
      if (commits && !transaction.error) disk.onCommit(transaction.db.name, transaction._scope)
    }
  }

  /** Like kill -9: what was not committed is gone, and nothing of the process is ever called again. */
  kill(random: Random): void {
    for (const request of this.#opening) {
      silenceRequest(request)
      // What it still waited for is opened for nobody, and changes nothing.
      const late = request as unknown as IDBOpenDBRequest
      late.addEventListener('upgradeneeded', () => late.transaction?.abort())
      late.addEventListener('success', () => late.result.close())
    }
    for (const connection of this.#connections) {
      silenceConnection(connection)
      const unfinished = connection._rawDatabase.transactions.filter(
        ({ db, _state }) => db === connection && _state !== 'finished',
      )
      for (const transaction of unfinished) {
        // All its requests are done: whether the disk has it is the only question left.
        const isWhole = transaction._started && transaction._requests.length === 0
        const committed =
          isWhole && transaction.mode === 'readwrite' && !this.#disk.isFull && random.chance(0.5)
        endSilently(transaction, committed)
        if (committed) this.#disk.onCommit(connection.name, transaction._scope)
      }
      connection.close()
    }
  }
}
