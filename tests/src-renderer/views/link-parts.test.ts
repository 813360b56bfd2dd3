import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkParts } from '../../../src-renderer/ticket/link-parts'

const linksIn = (text: string) =>
  linkParts(text)
    .filter((part) => part.kind === 'link')
    .map((part) => part.text)

describe('links in untrusted text', () => {
  it.each([
    ['see https://docs.example/a?b=1#c', ['https://docs.example/a?b=1#c']],
    ['(https://docs.example/a).', ['https://docs.example/a']],
    ['https://docs.example/wiki/Lag_(queue), again', ['https://docs.example/wiki/Lag_(queue)']],
    ['https://a.example, https://b.example!', ['https://a.example', 'https://b.example']],
    ['<https://docs.example/a>', ['https://docs.example/a']],
    ['HTTPS://DOCS.EXAMPLE/a', ['HTTPS://DOCS.EXAMPLE/a']],
  ])('%s', (text, links) => expect(linksIn(text)).toEqual(links))

  it.each([
    'http://docs.example',
    'javascript:alert(1)',
    'data:text/html,hello',
    'https://',
    'https://localhost/admin',
    'https://portal.example@evil.example/login',
    'https://user:word@evil.example',
    'file:///etc/passwd',
  ])('leaves %s as text', (text) => expect(linksIn(text)).toEqual([]))

  it('loses nothing of the text, whatever it is', () => {
    const words = fc.constantFrom('https://', 'a.example', '/x', '(', ')', '.', ' ', '\n', '@', 'é', '<b>')
    fc.assert(
      fc.property(
        fc.array(words).map((list) => list.join('')),
        (text) => {
          expect(
            linkParts(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text)
        },
      ),
    )
  })
})
