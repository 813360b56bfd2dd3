import { expect, test } from 'vitest'
import { Unfinished } from '../../../../src-renderer/ticket/command-form/unfinished'

class Memory implements Storage {
  readonly kept = new Map<string, string>()
  isFull = false
  get length() {
    return this.kept.size
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null
  clear = () => this.kept.clear()
  getItem = (key: string) => this.kept.get(key) ?? null
  removeItem = (key: string) => void this.kept.delete(key)
  setItem(key: string, value: string) {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError')
    this.kept.set(key, value)
  }
}

test('a form that was left is there again after a restart, for the person who left it', () => {
  const storage = new Memory()
  new Unfinished(storage, 'ines').keep('t-1/escalate', { summary: 'dark since 09:12' })
  expect(new Unfinished(storage, 'ines').read('t-1/escalate')).toEqual({ summary: 'dark since 09:12' })
  expect(new Unfinished(storage, 'jonas').read('t-1/escalate')).toBeUndefined()
  expect(new Unfinished(storage, 'ines').read('t-2/escalate')).toBeUndefined()
})

test('what was saved is gone', () => {
  const storage = new Memory()
  const forms = new Unfinished(storage, 'ines')
  forms.keep('t-1/tag', { tags: 'a' })
  forms.drop('t-1/tag')
  expect(forms.read('t-1/tag')).toBeUndefined()
  expect(new Unfinished(storage, 'ines').read('t-1/tag')).toBeUndefined()
})

test('a full storage still keeps it while the window lives', () => {
  const storage = new Memory()
  storage.isFull = true
  const forms = new Unfinished(storage, 'ines')
  forms.keep('t-1/cancel', { reason: 'long' })
  expect(forms.read('t-1/cancel')).toEqual({ reason: 'long' })
})

test('what can’t be read is no form', () => {
  const storage = new Memory()
  new Unfinished(storage, 'ines').keep('t-1/cancel', { reason: 'x' })
  for (const key of storage.kept.keys()) storage.kept.set(key, '{"reason":')
  expect(new Unfinished(storage, 'ines').read('t-1/cancel')).toBeUndefined()
})
