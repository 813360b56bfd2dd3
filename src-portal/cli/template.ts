import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildTemplate } from '../db/template'
import { PortalError } from '../portal-error'
import { readArguments } from './arguments'
import { usage } from './usage'

const modified = (file: string) =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )

/** `npm run portal -- template FILE` */
export async function template(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { help: { type: 'boolean', short: 'h' } },
    'template',
    1,
  )
  if (values.help) return void process.stdout.write(`${usage.template}\n`)
  const file = positionals[0]
  if (!file) throw new PortalError('Where to? npm run portal -- template FILE')
  // Unpacking a package sets the time of its own files, so a newer PGlite is newer than the archive.
  const pglite = fileURLToPath(import.meta.resolve('@electric-sql/pglite'))
  if ((await modified(file)) > (await modified(pglite)))
    return void process.stderr.write(`${file} is up to date\n`)
  await buildTemplate(file)
  process.stderr.write(`${file} written\n`)
}
