import { expect, test } from 'vitest'
import { fill } from '../../../src-portal/demo/fill'
import { randomFrom } from '../../../src-portal/demo/random'
import { firstName, signature } from '../../../src-portal/demo/voice'

test('a text takes values and one of its alternatives', () => {
  const texts = new Set(
    Array.from({ length: 40 }, (_, n) =>
      fill('{a} is [up|down|{b}]', { a: 'It', b: 'gone' }, randomFrom(`${n}`)),
    ),
  )
  expect([...texts].sort()).toEqual(['It is down', 'It is gone', 'It is up'])
})

test.each([
  ['at {org}. Next', 'at Bielik S.A. Next'],
  ['at {org}, next', 'at Bielik S.A., next'],
  ['and so on ...', 'and so on ...'],
])('“%s” has one full stop where a name ends with one', (template, text) => {
  expect(fill(template, { org: 'Bielik S.A.' }, randomFrom('x'))).toBe(text)
})

test('a value that is missing is named', () => {
  expect(() => fill('on {host}', {}, randomFrom('x'))).toThrow('no value for {host} in "on {host}"')
})

test.each([
  ['Inês Carvalho', 'Inês', 'Inês Carvalho'],
  ['田中 美咲 (Misaki Tanaka)', 'Misaki', 'Misaki Tanaka'],
  ['Ольга Ковальчук', 'Ольга', 'Ольга Ковальчук'],
])('%s is addressed as %s', (name, first, full) => {
  expect([firstName(name), signature(name)]).toEqual([first, full])
})
