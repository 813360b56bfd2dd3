import { resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = resolve(ROOT, 'out/e2e-portal')

/** The portal and its seeding as plain JavaScript: loading their sources would take longer than all else that a start does. */
export const PORTAL_BUNDLE = resolve(FOLDER, 'portal.mjs')

/** Runs once before the tests. */
export default async function setup(): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['@electric-sql/pglite', 'pg', 'pino'] },
    build: {
      ssr: true,
      outDir: FOLDER,
      target: 'node20',
      rolldownOptions: {
        input: { portal: resolve(import.meta.dirname, 'portal-entry.ts') },
        // Beside each other, since the portal finds its template from where its file is.
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
}
