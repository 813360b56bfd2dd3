import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { type JournalCopy, journalCopy } from '../../src-main/journal-copy'

let folder: string
let reports: string[]
let open: JournalCopy[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'journal-copy-'))
  reports = []
  open = []
})
afterEach(async () => {
  await Promise.all(open.map((copy) => copy.close()))
  await rm(folder, { recursive: true, force: true })
})

/** A start of the console on the same folder. */
function start(limits?: Parameters<typeof journalCopy>[2]): JournalCopy {
  const copy = journalCopy(folder, (problem) => reports.push(problem), limits)
  open.push(copy)
  return copy
}

const fileOf = (profile: string) => path.join(folder, `${profile}.jsonl`)

describe('the second copy of the journal', () => {
  it('knows that a profile never wrote, and makes no file for asking', async () => {
    expect(await start().read('ws.ana')).toEqual({ generation: 0, lines: [] })
    expect(await readdir(folder)).toEqual([])
  })

  it('is gone when it is to be forgotten, with what a compaction left behind, and begins anew', async () => {
    const copy = start()
    await copy.append('ws.ana', [{ key: 'a', value: '1' }])
    await copy.append('ws.bob', [{ key: 'b', value: '2' }])
    await writeFile(`${fileOf('ws.ana')}.new`, 'half of it')
    await copy.forget('ws.ana')
    expect(await readdir(folder)).toEqual(['ws.bob.jsonl'])
    expect(await copy.read('ws.ana')).toEqual({ generation: 0, lines: [] })
    await copy.append('ws.ana', [{ key: 'c', value: '3' }])
    expect(await start().read('ws.ana')).toEqual({ generation: 1, lines: [{ key: 'c', value: '3' }] })
  })

  it('gives back after a restart what was appended: the last value of each key, without the removed', async () => {
    const first = start()
    await first.append('ws.ana', [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ])
    await first.append('ws.ana', [
      { key: 'a', value: '3' },
      { key: 'b' },
      { key: 'c', value: 'žluťoučký\n"kůň"' },
    ])
    expect(await start().read('ws.ana')).toEqual({
      generation: 2,
      lines: [
        { key: 'a', value: '3' },
        { key: 'c', value: 'žluťoučký\n"kůň"' },
      ],
    })
  })

  it('has the lines on the disk when it says so', async () => {
    await start().append('ws.ana', [{ key: 'a', value: 'typed with care' }])
    expect(await readFile(fileOf('ws.ana'), 'utf8')).toContain('typed with care')
  })

  it('counts generations on across restarts, and keeps them when everything was removed', async () => {
    await start().append('ws.ana', [{ key: 'a', value: '1' }])
    await start().append('ws.ana', [{ key: 'a' }])
    expect(await start().read('ws.ana')).toEqual({ generation: 2, lines: [] })
  })

  it('keeps profiles apart', async () => {
    const copy = start()
    await Promise.all([
      copy.append('ws.ana', [{ key: 'k', value: 'ana' }]),
      copy.append('ws.bob', [{ key: 'k', value: 'bob' }]),
    ])
    expect((await copy.read('ws.ana')).lines).toEqual([{ key: 'k', value: 'ana' }])
    expect((await copy.read('ws.bob')).lines).toEqual([{ key: 'k', value: 'bob' }])
  })

  it('takes many appends at once, in their order', async () => {
    const copy = start()
    await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        copy.append('ws.ana', [{ key: `k${index % 7}`, value: `${index}` }]),
      ),
    )
    const { generation, lines } = await start().read('ws.ana')
    expect(generation).toBe(300)
    expect(lines.map(({ value }) => value)).toEqual(['293', '294', '295', '296', '297', '298', '299'])
  })

  it('is readable by this user only', async () => {
    await start().append('ws.ana', [{ key: 'a', value: '1' }])
    expect((await stat(fileOf('ws.ana'))).mode & 0o077).toBe(0)
  })
})

describe('a file that was cut short by a crash', () => {
  it('loses, cut at any byte, at most the append that was never confirmed, and takes new ones', async () => {
    const first = start()
    await first.append('p', [{ key: 'kept', value: 'confirmed ✓' }])
    const confirmed = (await stat(fileOf('p'))).size
    await first.append('p', [
      { key: 'kept', value: 'changed' },
      { key: 'more', value: 'x' },
    ])
    const whole = await readFile(fileOf('p'))
    for (let cut = confirmed; cut <= whole.length; cut += 1) {
      await writeFile(fileOf('p'), whole.subarray(0, cut))
      const copy = start()
      const complete = cut === whole.length
      expect((await copy.read('p')).lines, `cut at ${cut}`).toEqual(
        complete
          ? [
              { key: 'kept', value: 'changed' },
              { key: 'more', value: 'x' },
            ]
          : [{ key: 'kept', value: 'confirmed ✓' }],
      )
      await copy.append('p', [{ key: 'new', value: 'n' }])
      await copy.close()
      const again = await start().read('p')
      expect(again.generation, `cut at ${cut}`).toBe(complete ? 3 : 2)
      expect(again.lines.at(-1), `cut at ${cut}`).toEqual({ key: 'new', value: 'n' })
    }
    expect(reports).toEqual([])
  })

  test.each([
    ['zeroes', '\0\0\0\0\0\0\n'],
    ['another program’s line', '{"level":30}\n'],
    ['half a line', '{"generation":2,"lines":[{"key":"a","val\n'],
  ])('skips %s in the middle and says so', async (_what, damage) => {
    const first = start()
    await first.append('p', [{ key: 'a', value: '1' }])
    await first.close()
    await appendFile(fileOf('p'), damage)
    const second = start()
    await second.append('p', [{ key: 'b', value: '2' }])
    await second.close()
    expect((await start().read('p')).lines).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ])
    expect(reports.length).toBeGreaterThan(0)
  })
})

describe('compaction', () => {
  const limits = { compactFromBytes: 2000, mostBytes: 5000 }

  it('shrinks a file that is mostly history and changes nothing else', async () => {
    const copy = start(limits)
    for (let index = 0; index < 200; index += 1) {
      await copy.append('p', [{ key: `draft${index % 3}`, value: `text ${index}` }])
    }
    const before = await copy.read('p')
    expect((await stat(fileOf('p'))).size).toBeLessThan(2500)
    expect(before.generation).toBe(200)
    expect(before.lines.map(({ value }) => value)).toEqual(['text 197', 'text 198', 'text 199'])
    expect(await start(limits).read('p')).toEqual(before)
    expect(await readdir(folder)).toEqual(['p.jsonl'])
  })

  it('keeps the generation when nothing is left', async () => {
    const copy = start(limits)
    for (let index = 0; index < 60; index += 1) await copy.append('p', [{ key: 'k', value: 'x'.repeat(40) }])
    await copy.append('p', [{ key: 'k' }])
    expect(await start(limits).read('p')).toEqual({ generation: 61, lines: [] })
  })

  it('is unharmed by what a crash in the middle of one leaves behind', async () => {
    const copy = start(limits)
    await copy.append('p', [{ key: 'a', value: '1' }])
    await writeFile(`${fileOf('p')}.new`, '{"generation":9,"li')
    expect(await start(limits).read('p')).toEqual({ generation: 1, lines: [{ key: 'a', value: '1' }] })
  })

  it('refuses in words to grow without end, and goes on once there is room', async () => {
    const copy = start(limits)
    await copy.append('p', [{ key: 'big', value: 'x'.repeat(4990) }])
    await expect(copy.append('p', [{ key: 'more', value: 'yyyyyyyy' }])).rejects.toMatchObject({
      code: 'journal-full',
    })
    expect((await copy.read('p')).lines.map(({ key }) => key)).toEqual(['big'])
    await copy.append('p', [{ key: 'big' }])
    await copy.append('p', [{ key: 'more', value: 'y' }])
    expect((await copy.read('p')).lines).toEqual([{ key: 'more', value: 'y' }])
  })
})
