import { databaseSource } from '../../cli/arguments'
import { openDatabase } from '../../db/open'
import type { Logger } from '../../log'
import type { ImportIo } from './import'

/** The import on a terminal: the result on stdout, progress on stderr, in one line where that can be rewritten. */
export function terminalIo(log: Logger): ImportIo & { readonly end: () => void } {
  const { stdout, stderr } = process
  let open = false
  const end = () => {
    if (open) stderr.write('\n')
    open = false
  }
  return {
    print: (line) => {
      end()
      stdout.write(`${line}\n`)
    },
    progress: (text) => {
      stderr.write(stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
      open = stderr.isTTY
    },
    end,
    now: Date.now,
    open: async (dataDir) => {
      const source = await databaseSource(dataDir, (text) => stderr.write(`${text}\n`))
      return openDatabase(source, log)
    },
  }
}
