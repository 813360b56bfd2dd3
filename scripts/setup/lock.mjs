import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { cacheFolder } from './cache-folder.mjs'
import { SetupError } from './setup-error.mjs'

const longestWaitMs = 15 * 60_000

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
  const givenUpAt = Date.now() + longestWaitMs
  while (!(await take(file))) {
    if (await ownerIsGone(file)) {
      await rm(file, { force: true })
      continue
    }
    if (Date.now() > givenUpAt) {
      throw new SetupError(`Another Meridian script is holding ${file}.`, `wait for it, or remove that file.`)
    }
    await wait(200)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** @param {string} file */
async function take(file) {
  try {
    await writeFile(file, `${process.pid} ${os.hostname()}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

/** @param {string} file */
async function ownerIsGone(file) {
  const text = await readFile(file, 'utf8').catch(() => '')
  const [pid, host] = text.split(' ')
  // A home folder may be shared between machines; another machine's processes can't be asked.
  if (pid === undefined || pid === '' || host !== os.hostname()) return false
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
