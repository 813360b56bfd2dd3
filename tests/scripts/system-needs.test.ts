import { describe, expect, test } from 'vitest'
import { installableIn, packagesFor } from '../../scripts/setup/debian.mjs'
import { librariesFor, unresolvedIn } from '../../scripts/setup/system-needs.mjs'

const ldd = `	linux-vdso.so.1 (0x00007ffd)
	libnss3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	libgtk-3.so.0 => not found
`

const policy = `libgtk-3-0t64:
  Installed: (none)
  Candidate: (none)
  Version table:
libgtk-3-0:
  Installed: (none)
  Candidate: 3.24.38-2~deb12u3
  Version table:
     3.24.38-2~deb12u3 500
`

test('the libraries that ldd does not find', () => {
  expect(unresolvedIn(ldd)).toEqual(['libnss3.so', 'libgtk-3.so.0'])
})

describe('the Debian packages for libraries', () => {
  const names = (libraries: string[], available?: string[]) =>
    packagesFor(librariesFor(libraries), available === undefined ? undefined : new Set(available))

  test.each([
    ['none missing', [], undefined, []],
    ['one missing', ['libnss3.so'], undefined, ['libnss3']],
    ['older systems', ['libgtk-3.so.0'], ['libgtk-3-0'], ['libgtk-3-0']],
    ['newer systems', ['libgtk-3.so.0'], ['libgtk-3-0t64'], ['libgtk-3-0t64']],
  ])('%s', (_what, libraries, available, expected) => expect(names(libraries, available)).toEqual(expected))

  test('one that nobody listed comes with the others, so all are installed', () => {
    expect(names(['libcups.so.2'])).toEqual([
      'libgtk-3-0',
      'libnss3',
      'libgbm1',
      'libasound2',
      'libxss1',
      'libatspi2.0-0',
    ])
  })
})

test('a package without a candidate cannot be installed', () => {
  expect([...installableIn(policy)]).toEqual(['libgtk-3-0'])
})
