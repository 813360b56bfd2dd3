import { spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { verdict } from './figures'
import type { Measured } from './indexeddb/measure'

/*
 * 10,000 rows as the engine writes them, against plain IndexedDB puts with the same key and index, in the same run of
 * the real runtime (MERIDIAN_ELECTRON). The floor is 75 % of the plain speed.
 */

const FLOOR = 0.75
const folder = path.join(import.meta.dirname, 'indexeddb')
const page = path.resolve(import.meta.dirname, '../../out/bench-indexeddb')

export async function run(): Promise<void> {
  const electron = process.env.MERIDIAN_ELECTRON
  if (!electron) throw new Error('MERIDIAN_ELECTRON names no runtime: start this with npm run bench')
  await build({
    configFile: false,
    logLevel: 'warn',
    root: folder,
    base: './',
    build: {
      outDir: page,
      emptyOutDir: true,
      target: 'chrome114',
      rolldownOptions: { input: path.join(folder, 'page.html') },
    },
  })
  // A folder that Electron takes as an app; in the tree its manifest would shadow the project's.
  await copyFile(path.join(folder, 'window.cjs'), path.join(page, 'window.cjs'))
  await writeFile(path.join(page, 'package.json'), '{ "name": "meridian-bench", "main": "window.cjs" }')
  const profile = await mkdtemp(path.join(tmpdir(), 'meridian-bench-'))
  try {
    const measured = await inElectron(electron, profile)
    say(measured)
    for (const [name, { share }] of Object.entries({
      tickets: measured.tickets,
      messages: measured.messages,
    })) {
      verdict(
        `10,000 ${name} into IndexedDB`,
        share >= FLOOR,
        `${percent(share)} of plain puts (floor ${percent(FLOOR)})`,
      )
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

function inElectron(electron: string, profile: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    // As root Chromium has no sandbox to set up.
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const child = spawn(electron, [...asRoot, page], {
      env: { ...process.env, BENCH_PAGE: page, BENCH_PROFILE: profile },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let complained = ''
    child.stdout.on('data', (text) => {
      said += text
    })
    child.stderr.on('data', (text) => {
      complained += text
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      const line = /^BENCH (.*)$/m.exec(said)?.[1]
      const result: unknown = line && JSON.parse(line)
      if (typeof result === 'object' && result !== null && 'tickets' in result) resolve(result as Measured)
      else
        reject(
          new Error(`the window measured nothing (code ${code}): ${line ?? ''}\n${complained.slice(-2000)}`),
        )
    })
  })
}

const percent = (part: number): string => `${Math.round(part * 100)} %`
const rate = (ms: number): string => `${Math.round(10_000 / ms / 0.1) / 10} thousand a second`

function say({ runtime, rounds, tickets, messages, changesMs, decodeMs, readMs }: Measured): void {
  console.log(`${runtime}, medians of ${rounds} rounds, 10,000 rows each`)
  for (const [name, compared] of Object.entries({ tickets, messages })) {
    const { oursMs, plainMs, plainOneTransactionMs, share } = compared
    console.log(
      `${name.padEnd(9)} ${oursMs} ms (${rate(oursMs)}), plain puts ${plainMs} ms: ${percent(share)}; ` +
        `plain puts in a single transaction ${plainOneTransactionMs} ms`,
    )
  }
  console.log(`tickets as changes ${changesMs} ms, decoding ${decodeMs} ms, reading back ${readMs} ms`)
}

await run()
