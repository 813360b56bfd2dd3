import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { DatabaseSource } from '../db/open'
import { buildTemplate, readTemplate } from '../db/template'
import { PortalError } from '../portal-error'

const TEMPLATE = path.resolve(import.meta.dirname, '../../out/portal-template.tar.gz')

type Option = {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly default?: string | boolean
}

/** Parses a command's arguments. @throws PortalError that says which is wrong and where help is */
export function readArguments<const T extends { readonly [name: string]: Option }>(
  args: readonly string[],
  options: T,
  command: string,
  positionals = 0,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    if (parsed.positionals.length > positionals) {
      throw new Error(`Unexpected argument '${parsed.positionals.at(-1)}'`)
    }
    return parsed
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\n|\. To /)[0] : String(error)
    throw new PortalError(`${reason}. See: npm run portal -- ${command} --help`, { cause: error })
  }
}

function userDataFolder(): string {
  if (process.platform === 'win32') {
    return process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local')
  }
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support')
  return process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share')
}

/** Folder of the embedded database: the one that was named, or that of this user. */
export function dataFolder(named: string | undefined, name: 'portal' | 'demo-portal'): string {
  return named === undefined ? path.join(userDataFolder(), 'meridian', name) : path.resolve(named)
}

/** The archive that makes new databases quick; made once, which takes some seconds. */
export async function ensureTemplate(say: (text: string) => void): Promise<Uint8Array | undefined> {
  const found = await readTemplate(TEMPLATE)
  if (found) return found
  say('Preparing the embedded database; this takes some seconds and happens once …')
  await buildTemplate(TEMPLATE)
  return readTemplate(TEMPLATE)
}

/**
 * Where the portal's data is: `--data`, else DATABASE_URL, else this user's folder.
 * @throws PortalError when both are given
 */
export async function databaseSource(
  data: string | undefined,
  say: (text: string) => void,
): Promise<DatabaseSource> {
  const url = process.env.DATABASE_URL
  if (!url) return { kind: 'folder', folder: dataFolder(data, 'portal'), template: await ensureTemplate(say) }
  if (data === undefined) return { kind: 'postgres', url }
  throw new PortalError(
    'Both --data and DATABASE_URL say where the data is: leave out --data or unset DATABASE_URL.',
  )
}
