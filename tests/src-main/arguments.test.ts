import { describe, expect, it, test } from 'vitest'
import { ownArguments, parseArguments } from '../../src-main/arguments'

describe('the command line of the console', () => {
  test.each([
    ['nothing', [], undefined, { exitAfterScreenshot: false }],
    [
      'a portal with its token from the environment',
      ['--portal', 'https://p.example'],
      'secret',
      { portal: { url: 'https://p.example', token: 'secret' }, exitAfterScreenshot: false },
    ],
    [
      'the environment wins over --token',
      ['--portal=https://p.example', '--token=seen'],
      'hidden',
      { portal: { url: 'https://p.example', token: 'hidden' }, exitAfterScreenshot: false },
    ],
    [
      'a person of the demo',
      ['--demo-person', 'backline'],
      undefined,
      { demoPerson: 'backline', exitAfterScreenshot: false },
    ],
    [
      'pictures, with switches of Chromium between',
      ['--no-sandbox', '--screenshots', 'out', '--remote-debugging-port=0', '--exit-after-screenshot'],
      undefined,
      { screenshots: 'out', exitAfterScreenshot: true },
    ],
    [
      'a link, which stands last',
      ['--demo-person', 'l1', 'meridian://ticket/t1'],
      undefined,
      { demoPerson: 'l1', link: 'meridian://ticket/t1', exitAfterScreenshot: false },
    ],
    [
      'whatever the system hands over to be opened, to be judged as a link',
      ['--', '--screenshots=/tmp'],
      undefined,
      { link: '--screenshots=/tmp', exitAfterScreenshot: false },
    ],
  ])('takes %s', (_name, given, token, expected) => {
    expect(parseArguments(given, token)).toEqual({ ok: true, arguments: expected })
  })

  test.each([
    [['--nope'], 'unknown argument "--nope"'],
    [['extra'], 'unknown argument "extra"'],
    [['--portal'], '--portal needs a value'],
    [['--portal', '--token', 'x'], '--portal needs a value'],
    [['--portal', 'https://p.example'], 'MERIDIAN_TOKEN'],
    [['--token', 'x'], '--token needs --portal'],
    [['--user-data', 'a', '--user-data', 'b'], '--user-data is given twice'],
    [['--demo-person', 'boss'], 'l1, backline, supervisor'],
    [['--demo-person', 'l1', '--portal', 'https://p.example', '--token', 'x'], 'exclude each other'],
    [['--exit-after-screenshot'], 'needs --screenshots'],
    [['--exit-after-screenshot=yes'], 'takes no value'],
    [['meridian://ticket/t1', '--demo-person', 'l1'], 'a link stands alone and last'],
    [['--', 'meridian://ticket/t1', 'x'], 'a link stands alone and last'],
    [['--'], 'a link stands alone and last'],
  ])('refuses %j', (given, problem) => {
    expect(parseArguments(given, undefined)).toEqual({ ok: false, problem: expect.stringContaining(problem) })
  })

  it('does not repeat a long text, which may be a misplaced token', () => {
    const parsed = parseArguments([`mrd_${'x'.repeat(60)}`], undefined)
    expect(parsed.ok ? '' : parsed.problem).not.toContain('x'.repeat(30))
  })
})

test.each([
  ['from source', ['electron', '--no-sandbox', '.', '--portal', 'u'], true, ['--portal', 'u']],
  [
    'with a preload of a test runner',
    ['electron', '-r', 'loader.js', '--inspect=0', '/app', '--x'],
    true,
    ['--x'],
  ],
  ['packaged', ['meridian', '--portal', 'u'], false, ['--portal', 'u']],
  ['without an app folder', ['electron', '--no-sandbox'], true, []],
])('finds its own arguments %s', (_name, argv, fromSource, own) => {
  expect(ownArguments(argv, fromSource)).toEqual(own)
})
