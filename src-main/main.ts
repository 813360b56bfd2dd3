import './jitless'
import path from 'node:path'
import { app, protocol } from 'electron'
import { ownArguments, parseArguments } from './arguments'
import { handleBugs } from './bugs'
import { guardContents } from './doors'
import { fileLog } from './log'
import { startConsole } from './start-console'
import { registerLinks, systemLinks } from './system-links'

const token = process.env.MERIDIAN_TOKEN
// Child processes and preloads would get it with the environment.
delete process.env.MERIDIAN_TOKEN
const parsed = parseArguments(ownArguments(process.argv, process.defaultApp === true), token)

if (!parsed.ok) {
  process.stderr.write(`Meridian: ${parsed.problem}\n`)
  app.exit(2)
} else {
  const wanted = parsed.arguments
  const userData = path.resolve(wanted.userData ?? path.join(app.getPath('appData'), 'Meridian'))
  app.setPath('userData', userData)
  app.setPath('sessionData', userData)
  app.setPath('crashDumps', path.join(userData, 'crashes'))

  // Two processes on one profile would ruin its databases. The lock is per user data folder.
  const { link } = wanted
  if (!app.requestSingleInstanceLock(link === undefined ? {} : { link })) {
    process.stderr.write(
      `Meridian already runs with the data in ${userData}; its window was brought to the front. For a second one give --user-data DIR\n`,
    )
    app.exit(0)
  } else {
    const log = fileLog(path.join(userData, 'logs'), Date.now)
    const bugs = handleBugs(log)
    app.setAppUserModelId('app.meridian.console')
    // Root in a container can only run with --no-sandbox; enableSandbox would then kill every child process.
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
    protocol.registerSchemesAsPrivileged([
      {
        scheme: 'console',
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
      {
        scheme: 'portal',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true },
      },
    ])
    guardContents(app, (problem) => log.write(problem))
    const links = systemLinks(app, link)
    registerLinks(app)
    void app
      .whenReady()
      .then(() => startConsole({ wanted, userData, log, bugs, links }))
      .catch((error: unknown) => {
        bugs.report(error, 'start')
        app.exit(1)
      })
  }
}
