import { assertNever } from '#shared/assert-never'
import { type Logger, loggable } from '../log'
import { PortalError } from '../portal-error'
import { openDataFolder } from './data-folder'
import type { OpenDatabase } from './database'
import { noticeMove } from './generation'
import { migrate } from './migrate'
import { openPglite } from './pglite'
import { openPostgres, withoutPassword } from './postgres'
import { ensureWorkspace } from './workspace'

export type DatabaseSource =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'folder'; readonly folder: string; readonly template?: Uint8Array | undefined }
  | { readonly kind: 'memory'; readonly template?: Uint8Array | undefined }

function connect(source: DatabaseSource, log: Logger): Promise<OpenDatabase> {
  switch (source.kind) {
    case 'postgres':
      return openPostgres(source.url, log)
    case 'folder':
      return openDataFolder(source.folder, source.template)
    case 'memory':
      return openPglite(source.template ? { template: source.template } : {})
    default:
      return assertNever(source, 'database')
  }
}

function nameOf(source: DatabaseSource): string {
  switch (source.kind) {
    case 'postgres':
      return `The database ${withoutPassword(source.url)}`
    case 'folder':
      return `The database in ${source.folder}`
    case 'memory':
      return 'The database in memory'
    default:
      return assertNever(source, 'database')
  }
}

/**
 * Opens the portal's database, ready for use: newest schema, with a workspace.
 * @throws PortalError when it can't be used; its message says what to do, and nothing was changed
 */
export async function openDatabase(source: DatabaseSource, log: Logger): Promise<OpenDatabase> {
  const opened = await connect(source, log)
  try {
    await opened.alone(async (db) => {
      await migrate(db, nameOf(source))
      await ensureWorkspace(db)
      await noticeMove({ db, origin: opened.origin }, log)
    })
    return opened
  } catch (error) {
    await opened.close()
    if (error instanceof PortalError) throw error
    throw new PortalError(
      `${nameOf(source)} can't be prepared (${loggable(error).error}). Nothing was deleted. ` +
        'Put a backup in its place, or use another database.',
      { cause: error },
    )
  }
}
