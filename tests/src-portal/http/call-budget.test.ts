import { describe, expect, test } from 'vitest'
import { createCallBudget } from '../../../src-portal/http/call-budget'
import { ProblemError } from '../../../src-portal/http/problem'

function budget(callsAtOnce = 100) {
  let at = 0
  const calls = createCallBudget({ callsPerSecond: 2, burst: 3, callsAtOnce, elapsed: () => at })
  /** 'ok', or how long to wait in ms. */
  const call = (key = 'lena') => {
    try {
      calls.begin(key)()
      return 'ok'
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'too-many-calls') return error.waitMs
      throw error
    }
  }
  const wait = (ms: number) => {
    at += ms
  }
  return { call, wait, begin: calls.begin, charge: calls.charge }
}

describe('the budget of a token, 2 calls a second after 3 in a row', () => {
  test('is full at first, and says when the next call has room', () => {
    const { call, wait } = budget()
    expect([call(), call(), call(), call()]).toEqual(['ok', 'ok', 'ok', 500])
    wait(499)
    expect(call()).toBeCloseTo(1)
    wait(1)
    expect([call(), call()]).toEqual(['ok', 500])
  })

  test('never holds more than the burst', () => {
    const { call, wait } = budget()
    wait(3_600_000)
    expect([call(), call(), call(), call()]).toEqual(['ok', 'ok', 'ok', 500])
  })

  test('is each token’s own', () => {
    const { call } = budget()
    for (let n = 0; n < 3; n++) call('lena')
    expect([call('lena'), call('omar')]).toEqual([500, 'ok'])
  })

  test('a refused call costs nothing', () => {
    const { call, wait } = budget()
    for (let n = 0; n < 50; n++) call()
    wait(500)
    expect(call()).toBe('ok')
  })

  test('what a large call turned out to cost is waited for by the next', () => {
    const { call, wait, charge } = budget()
    expect(call()).toBe('ok')
    charge('lena', 9)
    expect(call()).toBe(4_000)
    wait(4_000)
    expect(call()).toBe('ok')
  })

  test('goes on being counted among thousands of others', () => {
    const { call } = budget()
    for (let n = 0; n < 3; n++) call('lena')
    for (let n = 0; n < 3_000; n++) call(`other ${n}`)
    expect(call('lena')).toBe(500)
  })
})

test('no more calls run at once than may, however often one says that it is done', () => {
  const { begin, call } = budget(2)
  const done = begin('lena')
  begin('lena')
  expect(call()).toBe(1_000)
  done()
  done()
  begin('lena')
  expect(call()).not.toBe('ok')
})
