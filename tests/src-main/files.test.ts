import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { readIfThere, removeDurably, writeDurably } from '../../src-main/durable-file'
import { fileLog, withoutSecrets } from '../../src-main/log'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'files-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a file written durably', () => {
  it('is whole, alone, and readable by this user only', async () => {
    const file = path.join(folder, 'deep', 'er', 'file.json')
    await writeDurably(file, 'first, longer')
    await writeDurably(file, 'second')
    expect(await readFile(file, 'utf8')).toBe('second')
    expect(await readdir(path.dirname(file))).toEqual(['file.json'])
    expect((await stat(file)).mode & 0o077).toBe(0)
    await removeDurably(file)
    await removeDurably(file)
    expect(await readIfThere(file)).toBeUndefined()
  })
})

describe('the log', () => {
  test.each([
    ['authorization: Bearer mrd_abc.def', 'mrd_abc'],
    ['{"token":"mrd_abc","url":"x"}', 'mrd_abc'],
    ['given --token mrd_abc, then', 'mrd_abc'],
    ['MERIDIAN_TOKEN=mrd_abc', 'mrd_abc'],
    ['https://ana:hunter2@p.example/x', 'hunter2'],
    ['password: hunter2', 'hunter2'],
  ])('of %j does not hold the secret', (text, secret) => {
    expect(withoutSecrets(text)).not.toContain(secret)
  })

  it('takes a hostile megabyte in its stride', () => {
    for (const text of [
      'x'.repeat(1e6),
      'token '.repeat(2e5),
      '://'.repeat(3e5),
      'bearer'.padEnd(1e6),
      '"'.repeat(1e6),
    ]) {
      expect(withoutSecrets(text).length).toBeLessThanOrEqual(30_000)
    }
  })

  it('leaves ordinary words alone', () => {
    const text = 'the engine ended (crashed); it is started again in 300 ms, see https://p.example:8080/v1/x'
    expect(withoutSecrets(text)).toBe(text)
  })

  it('stays small and keeps what came before in a second file', async () => {
    const logs = path.join(folder, 'logs')
    const log = fileLog(logs, () => 0)
    log.write('a beginning')
    await writeFile(path.join(logs, 'main.log'), 'x'.repeat(2_000_001))
    log.write('newest')
    expect(await readFile(path.join(logs, 'main.log'), 'utf8')).toBe('1970-01-01T00:00:00.000Z newest\n')
    expect((await readdir(logs)).sort()).toEqual(['main.1.log', 'main.log'])
  })
})
