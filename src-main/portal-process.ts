import { utilityProcess } from 'electron'
import type { PortalProcess } from './embedded-portal'

/** Forks the embedded portal, away from main: a busy database must not hold up windows or alerts. */
export function forkPortal(script: string, log: (text: string) => void): PortalProcess {
  const { DATABASE_URL: _database, ...env } = process.env
  const child = utilityProcess.fork(script, [], {
    serviceName: 'Meridian portal',
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
  })
  child.stderr?.on('data', (part: Buffer) => log(`portal: ${part.toString('utf8').trimEnd()}`))
  return {
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', listener),
    post: (message) => child.postMessage(message),
    kill: () => child.kill(),
  }
}
