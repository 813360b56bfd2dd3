import { describe, expect, test } from 'vitest'
import { runners } from '../../scripts/testing/runners.mjs'

describe('the runner of random stories', () => {
  const simulation = runners.find(({ name }) => name === 'simulation')
  const filesAndSeeds = (filters: readonly string[]) => {
    const args = simulation?.args(filters) ?? []
    const last = args.findIndex((arg) => arg.startsWith('--outputFile'))
    return { files: args.slice(last + 1), seeds: simulation?.env(filters).MERIDIAN_SEEDS }
  }

  test.each([
    [[], [], undefined],
    [['4711'], ['random-stories'], '4711'],
    [['4711', '20000..29999'], ['random-stories'], '4711 20000..29999'],
    [['mutants'], ['mutants'], undefined],
  ])('with %j plays the files %j with the seeds %j', (filters, files, seeds) => {
    expect(filesAndSeeds(filters)).toEqual({ files, seeds })
  })
})
