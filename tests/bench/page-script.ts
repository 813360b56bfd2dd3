import { resolve } from 'node:path'
import { build } from 'vite'

/**
 * Makes a module of `in-page/` into one script for a page. It is handed over by the debugger, which the page's content
 * policy doesn't concern, so that the real page can be measured without a change to it.
 */
export async function pageScript(name: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: resolve(import.meta.dirname, '../..'),
    build: {
      write: false,
      minify: false,
      target: 'chrome114',
      lib: {
        entry: resolve(import.meta.dirname, 'in-page', `${name}.ts`),
        formats: ['iife'],
        name: 'benchPage',
      },
    },
  })
  const outputs = Array.isArray(made) ? made : [made]
  for (const one of outputs) {
    if (!('output' in one)) continue
    const chunk = one.output.find((part) => part.type === 'chunk')
    if (chunk?.type === 'chunk') return chunk.code
  }
  throw new Error(`in-page/${name}.ts gave no script`)
}
