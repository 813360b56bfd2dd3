import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fingerprint } from '../../scripts/setup/build.mjs'
import { checkIntegrity, integrityOf } from '../../scripts/setup/integrity.mjs'
import { withLock } from '../../scripts/setup/lock.mjs'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'meridian-scripts-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

describe('the integrity of a file', () => {
  const ofAbc =
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='
  const fileWith = async (text: string) => {
    const file = path.join(folder, 'file')
    await writeFile(file, text)
    return file
  }

  test('is what lockfiles say', async () => expect(await integrityOf(await fileWith('abc'))).toBe(ofAbc))

  test('lets the pinned file through', async () => {
    await expect(checkIntegrity(await fileWith('abc'), ofAbc, 'a@1.0.0')).resolves.toBeUndefined()
  })

  test('stops another one, by name', async () => {
    await expect(checkIntegrity(await fileWith('abd'), ofAbc, 'a@1.0.0')).rejects.toThrow(
      'a@1.0.0 is not the pinned one',
    )
  })
})

describe('the fingerprint of the sources', () => {
  const sources = ['src', 'package.json']
  const now = () => fingerprint(folder, sources)

  beforeEach(async () => {
    await mkdir(path.join(folder, 'src'))
    await writeFile(path.join(folder, 'src', 'a.ts'), 'a')
    await writeFile(path.join(folder, 'package.json'), '{}')
  })

  test.each<[string, () => Promise<unknown>]>([
    ['content', () => writeFile(path.join(folder, 'src', 'a.ts'), 'b')],
    ['a new file', () => writeFile(path.join(folder, 'src', 'b.ts'), '')],
    ['a new name', () => rename(path.join(folder, 'src', 'a.ts'), path.join(folder, 'src', 'b.ts'))],
    ['a file less', () => rm(path.join(folder, 'package.json'))],
  ])('changes with %s', async (_what, change) => {
    const before = await now()
    await change()
    expect(await now()).not.toBe(before)
  })

  test('stays when a file is written again as it was, or one beside the sources changes', async () => {
    const before = await now()
    await writeFile(path.join(folder, 'src', 'a.ts'), 'a')
    await writeFile(path.join(folder, 'README.md'), 'new')
    expect(await now()).toBe(before)
  })
})

describe('a lock', () => {
  beforeEach(() => vi.stubEnv('XDG_CACHE_HOME', folder))

  test('lets one after the other do its work', async () => {
    const events: string[] = []
    const work = (name: string) =>
      withLock('work', async () => {
        events.push(`${name} begins`)
        await new Promise((resolve) => setImmediate(resolve))
        events.push(`${name} ends`)
      })
    await Promise.all([work('a'), work('b')])
    const first = events[0]?.startsWith('a') ? ['a', 'b'] : ['b', 'a']
    expect(events).toEqual(first.flatMap((name) => [`${name} begins`, `${name} ends`]))
  })

  test('is free again after work that failed', async () => {
    await expect(withLock('work', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await withLock('work', async () => 'done')).toBe('done')
  })

  test('of a script that was killed is taken over', async () => {
    const locks = path.join(folder, 'meridian', 'locks')
    await mkdir(locks, { recursive: true })
    // No process has this id: Linux and macOS stop counting far below.
    await writeFile(path.join(locks, 'work.lock'), `2147483646 ${os.hostname()}`)
    expect(await withLock('work', async () => 'done')).toBe('done')
  })
})
