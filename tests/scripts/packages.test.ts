import { describe, expect, test } from 'vitest'
import { missingPackages, nodeIsRecentEnough } from '../../scripts/setup/packages.mjs'

const zod = { version: '4.6.7', integrity: 'sha512-a' }
const lockfile = (packages: Record<string, object>) => ({
  packages: { '': { version: '0.1.0' }, ...packages },
})

describe('which packages of the lockfile are to be installed', () => {
  test.each([
    ['nothing is installed', { 'node_modules/zod': zod }, {}, ['node_modules/zod']],
    ['it is installed', { 'node_modules/zod': zod }, { 'node_modules/zod': zod }, []],
    [
      'the lockfile has another version',
      { 'node_modules/zod': zod },
      { 'node_modules/zod': { ...zod, version: '4.6.6' } },
      ['node_modules/zod'],
    ],
    [
      'the lockfile has other content for the same version',
      { 'node_modules/zod': zod },
      { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } },
      ['node_modules/zod'],
    ],
    [
      'an optional one is for another platform',
      { 'node_modules/fsevents': { ...zod, optional: true } },
      {},
      [],
    ],
    [
      'an optional one is there in another version',
      { 'node_modules/fsevents': { ...zod, optional: true } },
      { 'node_modules/fsevents': { ...zod, version: '1.0.0' } },
      ['node_modules/fsevents'],
    ],
    ['something else is installed too', {}, { 'node_modules/zod': zod }, []],
  ])('%s', (_what, wanted, installed, expected) => {
    expect(missingPackages(lockfile(wanted), { packages: installed })).toEqual(expected)
  })

  test('an installation that was interrupted has no list of its own: all are missing', () => {
    expect(missingPackages(lockfile({ 'node_modules/zod': zod }), {})).toEqual(['node_modules/zod'])
  })
})

test.each([
  ['v20.19.0', true],
  ['v20.18.3', false],
  ['v18.20.4', false],
  ['v22.1.0', true],
  ['v26.0.0', true],
])('Node %s is recent enough: %s', (version, enough) => expect(nodeIsRecentEnough(version)).toBe(enough))
