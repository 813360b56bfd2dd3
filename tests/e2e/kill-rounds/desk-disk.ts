import type { Page } from '@playwright/test'

export type OnDisk = {
  /** Versions by `kind/id`. */
  readonly mirror: Readonly<Record<string, number>>
  readonly outbox: readonly unknown[]
}

/** What a desk has on its disk, read past the app. */
export function readDisk(page: Page, kinds: readonly string[]): Promise<OnDisk> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const names = (await indexedDB.databases()).map(({ name = '' }) => name)
    const open = async (prefix: string) => {
      const [name, ...others] = names.filter((one) => one.startsWith(`${prefix}.`))
      if (name === undefined || others.length > 0) throw new Error(`databases of ${prefix}: ${names}`)
      return done(indexedDB.open(name))
    }
    const mirrorDb = await open('mirror')
    const mirror: Record<string, number> = {}
    for (const kind of wanted) {
      const rows: { id: string; version: number }[] = await done(
        mirrorDb.transaction(kind).objectStore(kind).getAll(),
      )
      for (const { id, version } of rows) mirror[`${kind}/${id}`] = version
    }
    mirrorDb.close()
    const journalDb = await open('journal')
    const outbox: unknown[] = await done(journalDb.transaction('outbox').objectStore('outbox').getAll())
    journalDb.close()
    return { mirror, outbox }
  }, kinds)
}
