import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * Replaces a file so that after a crash or power loss either the old or the new content is there, whole: written beside
 * it, flushed, renamed, and the rename flushed. Readable by this user only.
 */
export async function writeDurably(file: string, text: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const beside = `${file}.new`
  const handle = await open(beside, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(beside, file)
  await syncFolder(path.dirname(file))
}

/** The text of a file, or `undefined` when there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Removes a file, durably; none is fine. */
export async function removeDurably(file: string): Promise<void> {
  await rm(file, { force: true })
  if (await folderExists(path.dirname(file))) await syncFolder(path.dirname(file))
}

/** Makes names in a folder (created, renamed, removed) survive power loss; Windows does so by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function folderExists(folder: string): Promise<boolean> {
  try {
    await (await open(folder, 'r')).close()
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
