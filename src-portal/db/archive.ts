import { mkdirSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'

/*
 * Just enough of the tar format (POSIX ustar, names up to 100 characters) to keep an initialised database in one
 * file: PGlite reads the same archive into memory, and nothing has to be installed to unpack it into a folder.
 */

const BLOCK = 512

/** Leading part of a field up to its NUL. */
function field(header: Buffer, start: number, length: number): string {
  const text = header.toString('latin1', start, start + length)
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

function entryHeader(name: string, size: number, isFolder: boolean): Buffer {
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, start: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, start, 'latin1')
  if (name.length > 100) throw new Error(`${name}: too long a name for this archive`)
  header.write(name, 0, 'latin1')
  octal(isFolder ? 0o700 : 0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  header.write(isFolder ? '5' : '0', 156, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

/** Packs everything below a folder, with paths relative to it, as a gzipped tar. Needs Node 20: part of the build. */
export async function packFolder(folder: string): Promise<Buffer> {
  const parts: Buffer[] = []
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const names = entries.map((entry) => ({
    name: path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
    isFolder: entry.isDirectory(),
  }))
  // Parents sort before what is in them.
  for (const { name, isFolder } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const content = isFolder ? Buffer.alloc(0) : await readFile(path.join(folder, name))
    parts.push(entryHeader(name, content.length, isFolder), content)
    parts.push(Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK))
  }
  parts.push(Buffer.alloc(2 * BLOCK))
  return promisify(gzip)(Buffer.concat(parts))
}

/**
 * Unpacks an archive of `packFolder` into a folder, which is made if need be. Blocks meanwhile: a thousand small files
 * take a third of the time so, and nothing is being served yet when a database is made.
 * @throws Error when it is cut short or names a path outside the folder
 */
export function unpackFolder(archive: Uint8Array, folder: string): void {
  const bytes = gunzipSync(archive)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK)
    const name = field(header, 0, 100)
    if (name === '') return
    const size = Number.parseInt(field(header, 124, 12), 8)
    const target = path.resolve(folder, name)
    if (!target.startsWith(path.resolve(folder) + path.sep)) throw new Error(`archive names ${name}`)
    if (header[156] === 0x35) mkdirSync(target, { recursive: true, mode: 0o700 })
    else {
      if (at + BLOCK + size > bytes.length) throw new Error(`archive is cut short in ${name}`)
      writeFileSync(target, bytes.subarray(at + BLOCK, at + BLOCK + size), { mode: 0o600 })
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  throw new Error('archive is cut short')
}
