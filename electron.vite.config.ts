import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/*
 * Main and preload are CommonJS and use nothing beyond Node 18, the renderer nothing beyond Chrome 114: the console
 * runs on the official Electron 45 as well as on the registry's Electron 25 (README, "Runtimes").
 */

/** pino 10 asks at its start for a channel that Node 18.15 does not have yet; nothing of ours listens to it. */
const missingInNode18 = `{
  const channels = require('node:diagnostics_channel')
  channels.tracingChannel ??= () => ({ hasSubscribers: false })
}`

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node18',
      // PGlite loads its WebAssembly from beside its own file, so it stays a package.
      externalizeDeps: { include: ['@electric-sql/pglite'], exclude: [] },
      rolldownOptions: {
        input: { main: resolve('src-main/main.ts'), portal: resolve('src-portal/embedded.ts') },
        external: ['electron', /^@electric-sql\/pglite/, 'pg-native'],
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunk-[name]-[hash].cjs',
          banner: (chunk) => (chunk.name === 'portal' ? missingInNode18 : ''),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve('src-main/preload.ts') },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: {
      outDir: resolve('out/renderer'),
      target: 'chrome114',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { console: resolve('src-renderer/console.html'), engine: resolve('src-renderer/engine.html') },
      },
    },
  },
})
