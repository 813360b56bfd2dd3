import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NextChanges } from '../../../src-renderer/store/next-changes'

describe('what changes next', () => {
  test('ids come out when they are due, earliest first, once', () => {
    const next = new NextChanges()
    next.set('b', 20)
    next.set('a', 10)
    next.set('c', 30)
    expect(next.next()).toBe(10)
    expect(next.takeDue(9)).toEqual([])
    expect(next.takeDue(20)).toEqual(['a', 'b'])
    expect(next.takeDue(20)).toEqual([])
    expect(next.next()).toBe(30)
  })

  test('a new instant replaces the old one, earlier or later; undefined takes it out', () => {
    const next = new NextChanges()
    next.set('a', 10)
    next.set('a', 50)
    next.set('b', 40)
    next.set('b', 5)
    next.set('c', 1)
    next.set('c', undefined)
    expect(next.next()).toBe(5)
    expect(next.takeDue(49)).toEqual(['b'])
    expect(next.takeDue(50)).toEqual(['a'])
    expect(next.next()).toBeUndefined()
  })

  test('behaves like a plain map that is sorted whenever it is asked', () => {
    const step = fc.oneof(
      fc.record({ id: fc.constantFrom(...'abcdefghij'), at: fc.option(fc.nat(100), { nil: undefined }) }),
      fc.record({ due: fc.nat(100) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const next = new NextChanges()
        const plain = new Map<string, number>()
        for (const step of steps) {
          if ('due' in step) {
            const due = [...plain].filter(([, at]) => at <= step.due)
            expect(next.takeDue(step.due).sort()).toEqual(due.map(([id]) => id).sort())
            for (const [id] of due) plain.delete(id)
          } else {
            next.set(step.id, step.at)
            if (step.at === undefined) plain.delete(step.id)
            else plain.set(step.id, step.at)
          }
          expect(next.next()).toBe(plain.size === 0 ? undefined : Math.min(...plain.values()))
        }
      }),
    )
  })
})
