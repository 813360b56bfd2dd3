import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { PortalError } from '../portal-error'

const LOCK_FILE = 'portal.lock'
const LOOK_AGAIN_MS = 50
const ownerSchema = z.object({ pid: z.number().int().positive(), host: z.string(), started: z.string() })
type Owner = z.infer<typeof ownerSchema>

/** Tells a process from a later one with the same number; empty where the system doesn't say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command may hold spaces and parentheses; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== os.hostname()) return true
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return startOf(owner.pid) === owner.started
}

async function readOwner(file: string): Promise<Owner | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    return ownerSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/**
 * Removes a lock whose owner is gone. Moved aside first and looked at again: between reading and removing, another
 * portal may have taken it over, and its lock is put back.
 */
async function discard(file: string, gone: Owner): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  await rename(file, aside).catch(() => undefined)
  const moved = await readOwner(aside)
  if (moved && JSON.stringify(moved) !== JSON.stringify(gone)) await rename(aside, file)
  else await rm(aside, { force: true })
}

/**
 * Makes this process the only one that opens the database in a folder; PGlite itself would let two write into it and
 * destroy it. A lock whose process is gone (killed, machine restarted) is taken over.
 * @param waitMs how long to wait for a portal that may be ending
 * @returns gives the folder free; also done when the process exits
 * @throws PortalError naming who holds it
 */
export async function lockFolder(folder: string, waitMs = 0): Promise<() => void> {
  const file = path.join(folder, LOCK_FILE)
  const me = JSON.stringify({ pid: process.pid, host: os.hostname(), started: startOf(process.pid) })
  const giveUpAt = Date.now() + waitMs
  while (!(await tryLock(file, me))) {
    const owner = await readOwner(file)
    if (owner && !isAlive(owner)) await discard(file, owner)
    else if (Date.now() < giveUpAt) await setTimeout(LOOK_AGAIN_MS)
    else throw inUse(folder, file, owner)
  }
  const release = () => {
    process.off('exit', release)
    try {
      if (readFileSync(file, 'utf8') === me) rmSync(file)
    } catch {
      // Gone already: somebody removed the folder.
    }
  }
  process.on('exit', release)
  return release
}

/** Creates the lock file with its content at once, so that nobody ever reads half of it. */
async function tryLock(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, content, { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

function inUse(folder: string, file: string, owner: Owner | undefined): PortalError {
  const who = owner ? ` (process ${owner.pid} on ${owner.host})` : ''
  return new PortalError(
    `The data folder ${folder} is in use by another portal${who}. ` +
      `Stop that one or use another folder; if no portal is running, delete ${file}.`,
  )
}
