import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import type { Mutant } from './mutants'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a story needs, from a tree in which one thing is wrong. */
export type Stage = typeof import('./stage').stage

/**
 * Loads engine, store and simulator anew with `mutant` in them; nothing on the disk changes.
 * @throws Error when its text isn't in its file, or not once: the mutant has to follow what the product became
 */
export async function stageWith(mutant: Mutant): Promise<Stage> {
  let changed = 0
  const { module } = await runnerImport<typeof import('./stage')>(`${root}/tests/scenarios/stage.ts`, {
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        transform(code, id) {
          if (!id.endsWith(mutant.file)) return undefined
          const parts = code.split(mutant.text)
          if (parts.length !== 2) {
            throw new Error(`${mutant.file} has ${parts.length - 1} times: ${mutant.text}`)
          }
          changed += 1
          return { code: parts.join(mutant.instead), map: undefined }
        },
      },
    ],
  })
  if (changed !== 1) throw new Error(`${mutant.file} is not part of any story`)
  return module.stage
}
