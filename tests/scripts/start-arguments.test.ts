import { describe, expect, test } from 'vitest'
import { SetupError } from '../../scripts/setup/setup-error.mjs'
import { consoleArguments, readStartArguments } from '../../scripts/setup/start-arguments.mjs'

const read = (...args: string[]) => readStartArguments(args, '/home/ada', undefined)

function refusalOf(args: string[]): string {
  try {
    read(...args)
    return 'accepted'
  } catch (error) {
    return error instanceof SetupError ? `${error.message} ${error.remedy}` : String(error)
  }
}

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
    [['--portal', 'portal.example.com', '--token', 'secret'], 'portal.example.com'],
    [['--portal', 'file:///etc/passwd', '--token', 'secret'], 'file:///etc/passwd'],
    [['--portal'], '--portal'],
    [['--token', 'secret'], '--portal'],
    [['--portal', 'http://127.0.0.1:1'], 'MERIDIAN_TOKEN'],
    [['--demo-person', 'boss'], 'boss'],
    [['--demo-person', 'l1', '--portal', 'http://127.0.0.1:1'], 'exclude'],
    [['--screenshots'], '--screenshots'],
    [['portal'], 'portal'],
  ])('%j is refused with words that name %s', (args, name) => {
    expect(refusalOf(args)).toContain(name)
  })

  test('a token from the environment will do', () => {
    const portal = 'http://127.0.0.1:8080'
    expect(readStartArguments(['--portal', portal], '/', 'secret')).toMatchObject({ portal, token: 'secret' })
  })
})

describe('what the console is started with', () => {
  const wanted = read(
    ...['--portal', 'http://127.0.0.1:8080', '--token', 'secret', '--user-data', '/p', '--screenshot'],
  )

  test('its address, profile and pictures', () => {
    expect(consoleArguments(wanted, '/shots')).toEqual([
      '--user-data=/p',
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
