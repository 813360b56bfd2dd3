import { describe, expect, test } from 'vitest'
import { pageOf, ticketUrl } from '../../src-main/app-origin'
import { mayHave, mayLoad } from '../../src-main/doors'
import { externalLink } from '../../src-main/external-link'
import { parsePortalUrl } from '../../src-main/portal-url'
import { profileId } from '../../src-main/profile-id'

describe('our pages', () => {
  test.each([
    ['console://app/console.html', 'console'],
    ['console://app/engine.html', 'engine'],
    ['console://app/console.html#ticket', 'console'],
    ['console://app/console.html?x=1', undefined],
    ['console://app.evil/console.html', undefined],
    ['console://user@app/console.html', undefined],
    ['console://app/assets/../other.html', undefined],
    ['https://app/console.html', undefined],
    ['file:///console.html', undefined],
    ['not an address', undefined],
  ])('%s is %s', (address, page) => expect(pageOf(address)).toBe(page))

  test.each(['t1', 'a/b?c#d', '../engine.html', 'ü "x"'])(
    'the window of the ticket %j has the page of the console, and its name in the fragment',
    (id) => {
      const url = new URL(ticketUrl(id))
      expect(pageOf(url.href)).toBe('console')
      expect(new URLSearchParams(url.hash.slice(1)).get('ticket')).toBe(id)
    },
  )
})

describe('the address of a portal', () => {
  test.each([
    ['https://p.example', 'https://p.example'],
    ['  https://P.example:443/ ', 'https://p.example'],
    ['https://p.example/support/', 'https://p.example/support'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('%j is %s', (text, base) => expect(parsePortalUrl(text)).toEqual({ ok: true, base }))

  test.each([
    ['', 'bad-url'],
    ['p.example', 'bad-url'],
    ['localhost:8080', 'bad-url'],
    ['ftp://p.example', 'bad-url'],
    ['javascript:alert(1)', 'bad-url'],
    ['https://me:secret@p.example', 'bad-url'],
    ['https://p.example?x=1', 'bad-url'],
    ['http://p.example', 'insecure-url'],
    ['http://127.0.0.1.evil.example', 'insecure-url'],
    ['http://localhost.evil.example', 'insecure-url'],
    ['http://192.168.1.4', 'insecure-url'],
  ])('%j is refused as %s', (text, code) => expect(parsePortalUrl(text)).toMatchObject({ ok: false, code }))
})

describe('links to the outside', () => {
  test.each([
    ['https://docs.example/a?b=c#d', 'https://docs.example/a?b=c#d'],
    ['mailto:ana@example.com', 'mailto:ana@example.com'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ])('%j may be opened', (text, href) => expect(externalLink(text)?.href).toBe(href))

  test.each([
    'http://docs.example',
    'file:///etc/passwd',
    'smb://server/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'https://user@docs.example',
    'https://docs.example/\r\nx',
    'java\tscript:alert(1)',
    'console://app/console.html',
    'docs.example',
    '',
  ])('%j may not', (text) => expect(externalLink(text)).toBeUndefined())
})

describe('doors', () => {
  test.each<readonly [string, string | undefined, boolean]>([
    ['notifications', 'console://app', true],
    ['notifications', 'console://app/', true],
    ['notifications', 'https://evil.example', false],
    ['notifications', 'console://app.evil', false],
    ['notifications', undefined, false],
    ...['media', 'geolocation', 'midi', 'clipboard-read', 'openExternal', 'fullscreen', 'hid', 'usb'].map(
      (permission) => [permission, 'console://app', false] as const,
    ),
  ])('%s for %s: %s', (permission, origin, may) => expect(mayHave(permission, origin)).toBe(may))

  test.each([
    ['console://app/console.html', true],
    ['portal://api/v1/changes', true],
    ['data:image/png;base64,AA==', true],
    ['https://evil.example/pixel.png', false],
    ['http://127.0.0.1:1/', false],
    ['file:///etc/passwd', false],
    ['ws://evil.example', false],
  ])('a page may load %s: %s', (address, may) => expect(mayLoad(address)).toBe(may))
})

describe('the name of a profile', () => {
  test.each([
    ['demo', 'maya-okafor', 'demo.maya-okafor'],
    ['ws_1', 'a1', 'ws_1.a1'],
  ])('%s and %s make %s', (workspace, agent, id) => expect(profileId(workspace, agent)).toBe(id))

  test('odd ids get safe names that stay apart', () => {
    const odd = [
      'A',
      'a',
      'a.b',
      'a-b',
      '../../etc',
      'ä',
      'ö',
      '',
      'x'.repeat(200),
      'x'.repeat(201),
      'con/aux',
    ]
    const names = odd.flatMap((one) => [profileId(one, 'a'), profileId('a', one)])
    expect(new Set(names).size).toBe(names.length - 1)
    for (const name of names) expect(name).toMatch(/^[a-z0-9_-]{1,120}\.[a-z0-9_-]{1,120}$/)
  })
})
