import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { PortalError } from '../portal-error'
import { unpackFolder } from './archive'
import type { OpenDatabase } from './database'
import { lockFolder } from './folder-lock'
import { openPglite } from './pglite'

const CLUSTER = 'postgres'
const UNFINISHED = 'postgres.new-'
/** Major version of the PostgreSQL inside PGlite. */
const MAJOR = '18'

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

/**
 * Makes the cluster beside its final place and moves it there whole: a start that is killed half-way leaves nothing
 * that looks like a database.
 */
async function createCluster(cluster: string, template: Uint8Array | undefined): Promise<void> {
  const folder = path.dirname(cluster)
  for (const name of await readdir(folder)) {
    if (name.startsWith(UNFINISHED)) await rm(path.join(folder, name), { recursive: true, force: true })
  }
  const unfinished = path.join(folder, `${UNFINISHED}${randomUUID()}`)
  if (template) unpackFolder(template, unfinished)
  else await (await openPglite({ folder: unfinished })).close()
  await rename(unfinished, cluster)
}

async function checkCluster(cluster: string): Promise<void> {
  const found = await readFile(path.join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (found?.trim() === MAJOR) return
  if (found && /^\d+\s*$/.test(found)) {
    throw new PortalError(
      `The data in ${cluster} is of PostgreSQL ${found.trim()}, this portal has ${MAJOR}. Nothing was changed. ` +
        'Use the portal version that wrote it, or another folder (--data).',
    )
  }
  throw damaged(cluster, 'PG_VERSION is missing or unreadable')
}

/**
 * Tells files that were copied back from those that were always here: PG_VERSION is written once, when a cluster is
 * made, and a copy of it is another file (inodes alone are given out again).
 */
async function originOf(cluster: string): Promise<string> {
  const { ino, birthtimeNs } = await stat(path.join(cluster, 'PG_VERSION'), { bigint: true })
  return `file ${ino}.${birthtimeNs}`
}

function damaged(cluster: string, reason: string, cause?: unknown): PortalError {
  return new PortalError(
    `The database in ${cluster} is damaged and can't be opened (${reason}). Nothing was deleted. ` +
      'Put a backup in its place, or move this folder away: the portal then starts with an empty database.',
    { cause },
  )
}

/**
 * Opens the embedded database of a data folder, making both if need be; one process at a time.
 * @param template contents of an archive by `buildTemplate`; without it a new database takes many seconds
 * @throws PortalError when the folder is in use, damaged, or of another PostgreSQL version
 */
export async function openDataFolder(folder: string, template?: Uint8Array): Promise<OpenDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(folder)
  try {
    const cluster = path.join(folder, CLUSTER)
    if (!(await exists(cluster))) await createCluster(cluster, template)
    await checkCluster(cluster)
    const origin = await originOf(cluster)
    const opened = await openPglite({ folder: cluster }).catch((error: unknown) => {
      throw damaged(cluster, error instanceof Error ? error.message : String(error), error)
    })
    return {
      ...opened,
      origin,
      close: async () => {
        await opened.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}
