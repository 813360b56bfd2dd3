import { runTypescript } from './setup/run-typescript.mjs'

await runTypescript('src-portal/main.ts')
