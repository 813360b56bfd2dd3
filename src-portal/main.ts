import { run } from './cli/run'
import { loggable } from './log'
import { PortalError } from './portal-error'

await run(process.argv.slice(2)).catch((error: unknown) => {
  const { error: message, stack } = loggable(error)
  process.stderr.write(`${error instanceof PortalError ? message : (stack ?? message)}\n`)
  process.exitCode = 1
})
