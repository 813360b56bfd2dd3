import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { CHANGED_CHANNEL, type Database, NEWS_CHANNEL, type OpenDatabase } from './database'

type PgliteOptions = {
  /** Folder of the cluster; in memory when left out. It must exist already, or `template` is needed. */
  readonly folder?: string
  /** Contents of an archive made by `buildTemplate`: saves the seconds that initdb takes. */
  readonly template?: Uint8Array
}

/** Opens PGlite: PostgreSQL inside this process. The caller holds the lock of the folder (folder-lock.ts). */
export async function openPglite({ folder, template }: PgliteOptions): Promise<OpenDatabase> {
  const client = new PGlite({
    ...(folder ? { dataDir: folder } : {}),
    ...(template
      ? { loadDataDir: new Blob([template as Uint8Array<ArrayBuffer>], { type: 'application/gzip' }) }
      : {}),
  })
  await client.waitReady
  const listeners = new Set<() => void>()
  await client.listen(CHANGED_CHANNEL, () => {
    for (const listener of listeners) listener()
  })
  const newsListeners = new Set<(news: string) => void>()
  await client.listen(NEWS_CHANNEL, (news) => {
    for (const listener of newsListeners) listener(news)
  })
  const db = drizzle(client) as Database
  return {
    db,
    announce: async (news) => {
      await client.query('select pg_notify($1, $2)', [NEWS_CHANNEL, news])
    },
    onNews: (listener) => {
      newsListeners.add(listener)
      return () => newsListeners.delete(listener)
    },
    isListening: () => true,
    alone: (work) => work(db),
    onChanged: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => client.close(),
  }
}
