import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

/** Something else in the place of a piece of the product's text. */
export type Change = {
  /** Path from the root of the checkout. */
  readonly file: string
  /** Stands in the file once. */
  readonly text: string
  readonly instead: string
}

/** All that it takes to play stories. */
export type Stage = typeof import('./stage').stage

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Loads engine, store and simulator anew with `changes` in them; nothing on the disk changes.
 * @throws Error when a text isn't in its file, or not once: it has to follow what the product became
 */
export async function stageWith(changes: readonly Change[]): Promise<Stage> {
  const left = new Set(changes)
  const { module } = await runnerImport<{ readonly stage: Stage }>(`${root}/tests/scenarios/stage.ts`, {
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'changes',
        enforce: 'pre',
        transform(code, id) {
          const own = changes.filter(({ file }) => id.endsWith(file))
          for (const change of own) left.delete(change)
          return own.length > 0 ? { code: own.reduce(changed, code), map: undefined } : undefined
        },
      },
    ],
  })
  const [unused] = left
  if (unused) throw new Error(`${unused.file} is part of no story`)
  return module.stage
}

function changed(code: string, { file, text, instead }: Change): string {
  const parts = code.split(text)
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times, and not once: ${text}`)
  return parts.join(instead)
}
