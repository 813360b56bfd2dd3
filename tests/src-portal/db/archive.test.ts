import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packFolder, unpackFolder } from '../../../src-portal/db/archive'

let folder: string
const inside = (...names: string[]) => path.join(folder, ...names)
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'portal-archive-'))
  mkdirSync(inside('from', 'base', 'empty'), { recursive: true })
  writeFileSync(inside('from', 'base', 'exact'), Buffer.alloc(1024, 7))
  writeFileSync(inside('from', 'base', 'odd'), Buffer.from([1, 2, 3]))
  writeFileSync(inside('from', 'nothing'), '')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('an archive of a folder', () => {
  test('gives the same folder again', async () => {
    unpackFolder(await packFolder(inside('from')), inside('to'))
    const list = (name: string) => readdirSync(inside(name), { recursive: true }).sort()
    expect(list('to')).toEqual(list('from'))
    for (const file of ['base/exact', 'base/odd', 'nothing']) {
      expect(readFileSync(inside('to', file))).toEqual(readFileSync(inside('from', file)))
    }
  })

  test('cut short anywhere is refused', async () => {
    const whole = gunzipSync(await packFolder(inside('from')))
    for (const length of [0, 100, 512, 1600, whole.length - 1024]) {
      expect(() => unpackFolder(gzipSync(whole.subarray(0, length)), inside(`to-${length}`))).toThrow(
        /cut short/,
      )
    }
    expect(() => unpackFolder(new Uint8Array([1, 2, 3]), inside('to'))).toThrow()
  })

  test('that names a file outside is refused', async () => {
    const bytes = gunzipSync(await packFolder(inside('from')))
    bytes.write('../stolen\0', bytes.indexOf('nothing'), 'latin1')
    expect(() => unpackFolder(gzipSync(bytes), inside('to'))).toThrow(/names \.\.\/stolen/)
    expect(existsSync(inside('stolen'))).toBe(false)
  })
})
