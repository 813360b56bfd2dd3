import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { packFolder } from './archive'

/**
 * Makes an archive of an empty, initialised PGlite database: unpacking it takes a fraction of a second, initialising
 * one takes many. It holds no schema, so it goes stale only with PGlite itself. The file appears whole or not at all.
 * @param outFile where to put it, such as `out/portal-template.tar.gz`
 */
export async function buildTemplate(outFile: string): Promise<void> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'portal-template-'))
  try {
    const cluster = path.join(scratch, 'postgres')
    const client = new PGlite(cluster)
    await client.waitReady
    // A clean shutdown, so that opening a copy has nothing to recover.
    await client.close()
    const archive = await packFolder(cluster)
    await mkdir(path.dirname(path.resolve(outFile)), { recursive: true })
    const unfinished = `${outFile}.${randomUUID()}`
    await writeFile(unfinished, archive)
    await rename(unfinished, outFile)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The archive's bytes, or undefined when there is no such file: the database is then initialised the slow way. */
export async function readTemplate(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
