import { runTypescript } from './setup/run-typescript.mjs'

await runTypescript('scripts/sla/cli.ts')
