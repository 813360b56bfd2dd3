import { run } from '../../src-portal/cli/run'
import { seedWorkspace } from './seed-workspace'
import { readSeeding } from './seeding'

/*
 * The portal's command line. With a seeding as its first argument (`readSeeding`) it fills the data folder before, in the
 * same process, and prints the tokens of the three people and the sleepers as a line of its own.
 */
const [first = '', ...rest] = process.argv.slice(2)
const seeding = readSeeding(first)
if (seeding) process.stdout.write(`${JSON.stringify(await seedWorkspace(seeding))}\n`)
await run(seeding ? rest : [first, ...rest])
