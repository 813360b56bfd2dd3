import { createLog, type Logger, logLevel } from '../log'
import { PortalError } from '../portal-error'
import { agents, restored, token } from './administer'
import { serve } from './serve'
import { template } from './template'
import { usage } from './usage'

function openLog(): Logger {
  const level = logLevel(process.env.PORTAL_LOG)
  if (level) return createLog(level)
  throw new PortalError(
    `PORTAL_LOG=${process.env.PORTAL_LOG} is no level: use debug, info, warn, error or silent.`,
  )
}

/** `npm run portal -- …`. @throws PortalError for what the caller can mend; its message says how */
export async function run([command, ...rest]: readonly string[]): Promise<void> {
  const log = openLog()
  switch (command) {
    case 'help':
      process.stdout.write(`${usage.serve}\n`)
      return
    case 'serve':
      return serve(rest, log)
    case 'agents':
      return agents(rest, log)
    case 'token':
      return token(rest, log)
    case 'restored':
      return restored(rest, log)
    case 'template':
      return template(rest)
    case 'import': {
      const [source, ...args] = rest
      if (source !== 'servicenow') {
        throw new PortalError(
          'Import from where? npm run portal -- import servicenow FILE.csv (--help for more)',
        )
      }
      // Loaded for this command only: it brings the demo's calendars and a CSV parser with it.
      const { runImport } = await import('../sources/servicenow/import')
      const { terminalIo } = await import('../sources/servicenow/terminal')
      const terminal = terminalIo(log)
      return runImport(args, terminal).finally(terminal.end)
    }
    default:
      if (command === undefined || command.startsWith('-'))
        return serve(command ? [command, ...rest] : rest, log)
      throw new PortalError(
        `There is no command "${command}": use serve, agents, token, import, restored or template (--help for each).`,
      )
  }
}
