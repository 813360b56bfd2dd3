// Goes into resources/app of a packaged Electron runtime, which unlike the official download has no default app of its own.
// It does what the default app does: `electron [switches] [-r FILE]... APP_FOLDER [arguments]`. process.argv stays as it came.
const electron = require('electron')
const fs = require('node:fs')
const path = require('node:path')

const { app } = electron

const { preloads, folder } = readArguments(process.argv.slice(1))

if (process.argv.includes('--version') && folder === undefined) {
  process.stdout.write(`v${process.versions.electron}\n`)
  app.exit(0)
} else if (folder === undefined) {
  process.stderr.write('Give the folder of an app: electron [switches] [-r FILE] APP_FOLDER [arguments]\n')
  app.exit(1)
} else {
  runApp(path.resolve(folder))
}

/** @param {readonly string[]} args */
function readArguments(args) {
  /** @type {string[]} */
  const preloads = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '-r' || arg === '--require') {
      preloads.push(path.resolve(args[index + 1] ?? ''))
      index += 1
    } else if (!arg.startsWith('-')) {
      return { preloads, folder: arg }
    }
  }
  return { preloads, folder: undefined }
}

/** @param {string} appFolder */
function runApp(appFolder) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const manifest = JSON.parse(fs.readFileSync(path.join(appFolder, 'package.json'), 'utf8'))
  if (manifest.version !== undefined) setVersion(manifest.version)
  app.name = manifest.productName ?? manifest.name ?? app.name
  if (process.platform === 'linux') setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
  setAppPath(appFolder)
  for (const file of preloads) require(file)
  require(path.resolve(appFolder, manifest.main ?? 'index.js'))
}

// The default app uses these three too; Electron leaves them out of its published types.

/** @param {string} version */
function setVersion(version) {
  Reflect.get(app, 'setVersion').call(app, version)
}

/** @param {string} name */
function setDesktopName(name) {
  Reflect.get(app, 'setDesktopName').call(app, name)
}

/** @param {string} folder */
function setAppPath(folder) {
  Reflect.get(app, 'setAppPath').call(app, folder)
}
