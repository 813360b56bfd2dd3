import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { consoleScheme, listServedFiles, withNonce } from '../../src-main/console-scheme'

let folder: string
let answer: (request: Request) => Promise<Response>

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'console-scheme-'))
  const root = path.join(folder, 'renderer')
  await mkdir(path.join(root, 'assets'), { recursive: true })
  await writeFile(path.join(folder, 'secret.json'), '{}')
  await writeFile(
    path.join(root, 'console.html'),
    '<html><head><meta name="csp-nonce" content="" /></head></html>',
  )
  await writeFile(path.join(root, 'engine.html'), '<html><head></head></html>')
  await writeFile(path.join(root, 'assets/a.js'), 'export {}')
  await writeFile(path.join(root, 'assets/font.woff2'), 'x')
  await writeFile(path.join(root, 'assets/notes.exe'), 'x')
  await symlink(path.join(folder, 'secret.json'), path.join(root, 'linked.json'))
  let count = 0
  answer = consoleScheme(await listServedFiles(root), () => `nonce${++count}`)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const get = (address: string, method = 'GET') => answer(new Request(address, { method }))

describe('console://app', () => {
  test.each([
    ['/assets/a.js', 'text/javascript; charset=utf-8'],
    ['/assets/font.woff2', 'font/woff2'],
    ['/console.html', 'text/html; charset=utf-8'],
  ])('serves %s as %s, never to be guessed at', async (file, type) => {
    const response = await get(`console://app${file}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each([
    'console://app/',
    'console://app/assets',
    'console://app/../secret.json',
    'console://app/%2e%2e/secret.json',
    'console://app/assets/..%2f..%2fsecret.json',
    'console://app/assets/a.js%00.html',
    'console://app//console.html',
    'console://app/console.html?as=engine',
    'console://app/assets/notes.exe',
    'console://app/linked.json',
    'console://other/console.html',
  ])('has nothing at %s', async (address) => {
    expect((await get(address)).status).toBe(404)
  })

  it('answers no other method', async () => {
    expect((await get('console://app/console.html', 'POST')).status).toBe(405)
  })

  it('gives each load its own nonce, in the header and in the page', async () => {
    for (const nonce of ['first', 'second']) {
      const response = await get('console://app/console.html')
      const [, given] =
        /style-src 'self' 'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '') ?? []
      expect(given, nonce).toBeTruthy()
      expect(await response.text()).toBe(
        `<html><head><meta name="csp-nonce" content="${given}"></head></html>`,
      )
    }
    const [one, two] = await Promise.all([get('console://app/engine.html'), get('console://app/engine.html')])
    expect(one.headers.get('content-security-policy')).not.toBe(two.headers.get('content-security-policy'))
  })

  test.each([
    ['console', "connect-src 'none'"],
    ['engine', 'connect-src portal:'],
  ])('lets only the engine talk to the portal: %s has %s', async (page, connect) => {
    const policy = (await get(`console://app/${page}.html`)).headers.get('content-security-policy') ?? ''
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", connect]),
    )
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
  })
})

test('a page without the placeholder gets its nonce all the same', () => {
  expect(withNonce('<html><head><title>x</title></head></html>', 'n')).toBe(
    '<html><head><meta name="csp-nonce" content="n"><title>x</title></head></html>',
  )
})
