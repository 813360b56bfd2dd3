import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { cacheFolder } from './cache-folder.mjs'
import { SetupError } from './setup-error.mjs'

const longestWaitMs = 15 * 60_000
const pauseMs = 200

/**
 * Does `work` while no other Meridian script of this user does the same. Several consoles may be started at once on a clean
 * clone; without this they would install, unpack or build over each other.
 *
 * @template T
 * @param {string} name of the work, such as `packages`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const folder = path.join(cacheFolder(), 'locks')
  const file = path.join(folder, `${name}.lock`)
  await mkdir(folder, { recursive: true })
  for (let waitedMs = 0; !(await take(file)); ) {
    if (await ownerIsGone(file)) {
      await rm(file, { force: true })
      continue
    }
    if (waitedMs === 0) process.stderr.write(' waiting for another Meridian script …')
    if (waitedMs > longestWaitMs) {
      throw new SetupError(`Another Meridian script is holding ${file}.`, 'end it, or remove that file.')
    }
    await wait(pauseMs)
    waitedMs += pauseMs
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** @param {string} file */
async function take(file) {
  // Linking makes the file appear with its content: nobody ever reads a lock without an owner.
  const prepared = `${file}.${randomUUID()}`
  await writeFile(prepared, `${process.pid} ${os.hostname()}`)
  try {
    await link(prepared, file)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(prepared, { force: true })
  }
}

/** @param {string} file */
async function ownerIsGone(file) {
  const text = await readFile(file, 'utf8').catch(() => '')
  const [pid, host] = text.split(' ')
  // A home folder may be shared between machines; another machine's processes can't be asked.
  if (pid === undefined || host !== os.hostname()) return false
  const takenAt = await stat(file).then(
    (found) => found.mtimeMs,
    () => Number.POSITIVE_INFINITY,
  )
  // Process ids start anew with the machine, so an older lock's may be another process's now.
  if (takenAt < Date.now() - os.uptime() * 1000) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return isCode(error, 'ESRCH')
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
