import type { Logger } from '../log'
import { PortalError } from '../portal-error'
import { runImport } from './servicenow/import'
import { terminalIo } from './servicenow/terminal'

/** `npm run portal -- import SOURCE …` */
export async function importCommand([source, ...rest]: readonly string[], log: Logger): Promise<void> {
  if (source !== 'servicenow' && source !== '--help' && source !== '-h') {
    throw new PortalError(
      `${source === undefined ? 'Import from where?' : `There is no source "${source}".`} ` +
        'Use: npm run portal -- import servicenow FILE.csv (--help for its options).',
    )
  }
  const io = terminalIo(log)
  try {
    await runImport(source === 'servicenow' ? rest : ['--help'], io)
  } finally {
    io.end()
  }
}
