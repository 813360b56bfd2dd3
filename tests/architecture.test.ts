import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/*
 * What the compiler can't see. Which room may use which globals is held by each folder's tsconfig; this holds which
 * room may import what, that rules stay pure, and that dependencies stay pinned.
 */

const ROOT = resolve(import.meta.dirname, '..')
const FEATURES = ['queue', 'ticket', 'handoff', 'wallboard', 'status', 'settings', 'sign-in']

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort()
}

const sources = ['src-shared', 'src-main', 'src-renderer', 'src-portal'].flatMap(filesBelow)
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** The source without comments, so that prose about `Date.now` is not a use of it. */
const code = (file: string) => text(file).replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '$1')

const importsOf = (file: string) =>
  [...code(file).matchAll(/(?:from\s+|import\s*\(?\s*)'([^']+)'/g)].map((match) => match[1] ?? '')

const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

/** `file -> import` for every import that the rule forbids; an empty list is a pass that names nothing. */
function offenders(
  files: readonly string[],
  forbidden: (specifier: string, file: string) => boolean,
): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => forbidden(specifier, file))
      .map((specifier) => `${file} -> ${specifier}`),
  )
}

/** The top folder that a relative or `#shared` import leads to. */
function roomOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#shared/')) return 'src-shared'
  if (!specifier.startsWith('.')) return undefined
  return relative(ROOT, resolve(ROOT, file, '..', specifier)).split('/')[0]
}

describe('imports go downward only', () => {
  test('there is something to look at', () => expect(sources.length).toBeGreaterThan(50))

  test('a room imports itself, src-shared and data, nothing else', () => {
    const wrong = offenders(sources, (specifier, file) => {
      const room = roomOf(file, specifier)
      return (
        room !== undefined && ![file.split('/')[0], 'src-shared', 'resources', 'package.json'].includes(room)
      )
    })
    expect(wrong).toEqual([])
  })

  test('src-shared needs zod and nothing else', () => {
    const shared = sources.filter((file) => file.startsWith('src-shared/'))
    expect(offenders(shared, (specifier) => !specifier.startsWith('.') && specifier !== 'zod')).toEqual([])
  })

  test('a feature folder never imports another feature', () => {
    const wrong = FEATURES.flatMap((feature) =>
      offenders(
        sources.filter((file) => file.startsWith(`src-renderer/${feature}/`)),
        (specifier, file) => {
          if (!specifier.startsWith('.')) return false
          const [, folder] = relative(ROOT, resolve(ROOT, file, '..', specifier)).split('/')
          return folder !== undefined && folder !== feature && FEATURES.includes(folder)
        },
      ),
    )
    expect(wrong).toEqual([])
  })

  test.each([
    ['dexie', ['src-renderer/store/', 'src-renderer/engine/']],
    ['electron', ['src-main/']],
    ['hono', ['src-portal/']],
    ['@hono/node-server', ['src-portal/']],
    ['drizzle-orm', ['src-portal/']],
    ['@electric-sql/pglite', ['src-portal/']],
    ['pg', ['src-portal/']],
    ['react', ['src-renderer/']],
    ['zustand', ['src-renderer/']],
    // date-fns shows times, it never decides them.
    ['date-fns', ['src-renderer/']],
    ['@date-fns/tz', ['src-renderer/']],
  ])('%s stays in %j', (name, rooms) => {
    const outside = sources.filter((file) => !rooms.some((room) => file.startsWith(room)))
    expect(offenders(outside, (specifier) => packageOf(specifier) === name)).toEqual([])
  })

  test('views know the databases only through the store', () => {
    const views = sources.filter((file) => /^src-renderer\/(?!store|engine)/.test(file))
    expect(offenders(views, (specifier) => packageOf(specifier) === 'dexie')).toEqual([])
  })
})

describe('rules are pure', () => {
  test.each([
    ['the clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/],
    ['random', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/],
    ['timers', /\bset(?:Timeout|Interval)\b/],
    ['input or output', /\bfetch\(|\bconsole\.|\bprocess\.|\bglobalThis\b/],
  ])('src-shared never touches %s', (_what, pattern) => {
    const wrong = sources.filter((file) => file.startsWith('src-shared/') && pattern.test(code(file)))
    expect(wrong).toEqual([])
  })
})

describe('doors', () => {
  test('calls of the windows come in through serve.ts alone, and leave through the preload alone', () => {
    expect(sources.filter((file) => /\bipcMain\b/.test(code(file)))).toEqual(['src-main/start-console.ts'])
    expect(code('src-main/start-console.ts')).not.toMatch(/\bipcMain\s*\./)
    expect(sources.filter((file) => /\bipcRenderer\b/.test(code(file)))).toEqual(['src-main/preload.ts'])
  })

  test('no HTML is made from strings, nothing is evaluated', () => {
    const wrong = sources.filter((file) =>
      /dangerouslySetInnerHTML|\.innerHTML\s*=|\beval\(|new Function\(/.test(code(file)),
    )
    expect(wrong).toEqual([])
  })
})

describe('names and pins', () => {
  test('no file is named for nothing in particular', () => {
    const vague = /(^|\/)(index|utils?|helpers?|misc|common|[\w-]*-?(manager|service))\.tsx?$/
    expect(sources.filter((file) => vague.test(file))).toEqual([])
  })

  test('every dependency is an exact version', () => {
    const manifest = JSON.parse(text('package.json'))
    const ranges = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    )
    expect(ranges).toEqual([])
  })

  test('the lockfile has a checksum for every package and no download address', () => {
    const { packages } = JSON.parse(text('package-lock.json'))
    const rows = Object.entries<{ resolved?: string; integrity?: string; link?: boolean }>(packages)
    expect(rows.filter(([, row]) => row.resolved)).toEqual([])
    const bare = rows
      .filter(([name, row]) => name !== '' && !row.link && !row.integrity)
      .map(([name]) => name)
    expect(bare).toEqual([])
  })
})
