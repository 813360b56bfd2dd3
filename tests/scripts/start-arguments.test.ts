import { describe, expect, test } from 'vitest'
import { consoleArguments, readStartArguments } from '../../scripts/setup/start-arguments.mjs'

const read = (...args: string[]) => readStartArguments(args, '/home/ada')

describe('what npm start understands', () => {
  test('nothing: the sign-in, with the usual profile', () => {
    expect(read()).toEqual({
      help: false,
      screenshot: false,
      retryDownload: false,
      portal: undefined,
      token: undefined,
      userData: undefined,
      demoPerson: undefined,
    })
  })

  test('a portal, a token and a profile below the folder where the user stands', () => {
    expect(
      read('--portal', 'http://127.0.0.1:8080', '--token', 'secret', '--user-data', 'desk-2'),
    ).toMatchObject({
      portal: 'http://127.0.0.1:8080',
      token: 'secret',
      userData: '/home/ada/desk-2',
    })
  })

  test.each([
    [['--portal', 'portal.example.com'], 'portal.example.com'],
    [['--portal', 'file:///etc/passwd'], 'file:///etc/passwd'],
    [['--portal'], '--portal'],
    [['--token', 'secret'], '--portal'],
    [['--demo-person', 'boss'], 'boss'],
    [['--demo-person', 'l1', '--portal', 'http://127.0.0.1:1'], 'exclude'],
    [['--screenshots'], '--screenshots'],
    [['portal'], 'portal'],
  ])('%j is refused with a message that names %s', (args, name) => {
    expect(() => read(...args)).toThrow(name)
  })
})

describe('what the console is started with', () => {
  const wanted = read(
    ...['--portal', 'http://127.0.0.1:8080', '--token', 'secret', '--user-data', '/p', '--screenshot'],
  )

  test('its address, profile and pictures', () => {
    expect(consoleArguments(wanted, '/shots')).toEqual([
      '--user-data-dir=/p',
      '--portal=http://127.0.0.1:8080',
      '--screenshots=/shots',
      '--exit-after-screenshot',
    ])
  })

  test('never the token, which every process list would show', () => {
    expect(consoleArguments(wanted, '/shots').join(' ')).not.toContain('secret')
  })

  test('nothing when nothing was asked for', () => expect(consoleArguments(read(), undefined)).toEqual([]))

  test('the demo as one of its people', () => {
    expect(consoleArguments(read('--demo-person', 'backline'), undefined)).toEqual(['--demo-person=backline'])
  })
})
