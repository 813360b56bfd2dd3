import { IDBObjectStore, IDBTransaction } from 'fake-indexeddb'

/** What fake-indexeddb has beyond the standard. `_start` works on the next request, or commits when there is none. */
type Transaction = {
  readonly _state: string
  readonly _requests: readonly unknown[]
  _start(): void
  _abort(name: string): void
}

/**
 * From here on no write to any database gets through: as in Chromium, the puts are taken and their transaction ends
 * with QuotaExceededError when it is to be committed. @returns frees the disk again
 */
export function fillDisk(): () => void {
  const doomed = new WeakSet<object>()
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
    doomed.add(this.transaction)
    return put.apply(this, args)
  }
  const transactions = IDBTransaction.prototype as unknown as Transaction
  const { _start: start } = transactions
  transactions._start = function () {
    if (doomed.has(this) && this._requests.length === 0 && this._state !== 'finished') {
      this._abort('QuotaExceededError')
    } else start.call(this)
  }
  return () => {
    IDBObjectStore.prototype.put = put
    transactions._start = start
  }
}
