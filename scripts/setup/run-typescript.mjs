import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensurePackages } from './packages.mjs'
import { root } from './root.mjs'
import { runScript } from './step.mjs'

/**
 * Makes sure the packages are installed, then runs a TypeScript file in this process. Its `process.argv.slice(2)` are the arguments.
 * Only the set-up prints progress, and that to stderr: stdout belongs to the file alone.
 *
 * @param {string} entry path from the root of the checkout, such as `src-portal/cli.ts`
 * @param {readonly string[]} [args] without Node and the script; those of this process when left out
 * @returns {Promise<void>} settles when the file's top level is done; what it started may still run
 */
export async function runTypescript(entry, args = process.argv.slice(2)) {
  await runScript(async () => {
    await ensurePackages({ quietWhenReady: true })
    const { register } = await import('tsx/esm/api')
    register({ tsconfig: path.join(root, 'tsconfig.json') })
    const file = path.join(root, entry)
    process.argv = [process.execPath, file, ...args]
    await import(pathToFileURL(file).href)
  })
}
