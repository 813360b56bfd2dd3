import { describe, expect, it } from 'vitest'
import { readTags } from '../../../../src-renderer/queue/bulk/read-tags'

describe('tags as they are typed', () => {
  it.each<[string, { add: string[]; remove: string[] }]>([
    ['', { add: [], remove: [] }],
    ['vip', { add: ['vip'], remove: [] }],
    ['VIP, api  -old', { add: ['vip', 'api'], remove: ['old'] }],
    ['+vip -vip', { add: ['vip'], remove: [] }],
    ['- , ', { add: [], remove: [] }],
    ['feature-request', { add: ['feature-request'], remove: [] }],
  ])('%j', (text, expected) => {
    expect(readTags(text)).toEqual(expected)
  })
})
