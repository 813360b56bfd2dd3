import type { OpenDatabase } from '../../src-portal/db/database'
import { openDatabase } from '../../src-portal/db/open'
import { openMemory, quiet } from './fixture'
import { hasPostgres, type PostgresServer, startPostgres } from './real-postgres'

export type TestDatabase = {
  readonly name: 'PGlite' | 'PostgreSQL'
  readonly start: () => Promise<void>
  /** An empty database of the portal. */
  readonly open: () => Promise<OpenDatabase>
  readonly stop: () => Promise<void>
}

let server: PostgresServer | undefined

const pglite: TestDatabase = {
  name: 'PGlite',
  start: async () => {},
  open: openMemory,
  stop: async () => {},
}

const postgres: TestDatabase = {
  name: 'PostgreSQL',
  start: async () => {
    server = await startPostgres()
  },
  open: async () => {
    if (!server) throw new Error('start the server first')
    return openDatabase({ kind: 'postgres', url: await server.newDatabase() }, quiet)
  },
  stop: async () => server?.stop(),
}

/** The databases the portal runs on: every rule of the contract has to hold on each. */
export const databases: readonly TestDatabase[] = hasPostgres ? [pglite, postgres] : [pglite]
