import path from 'node:path'
import { parseArgs } from 'node:util'
import { SetupError } from './setup-error.mjs'

export const startHelp = `Starts Meridian from this checkout; sets up on the first run what it takes.

  npm start                                 sign in to the demo or to a portal
  npm start -- --portal URL --token TOKEN   go straight to a portal

  --portal URL            address of the portal
  --token TOKEN           your token for it; the variable MERIDIAN_TOKEN keeps it out of the process list
  --user-data DIR         a profile of its own, so that several consoles can run side by side
  --demo-person WHO       start the demo as l1, backline or supervisor
  --screenshot            save pictures of the window under out/screenshots after the first sync, then end
  --retry-download        try Electron's official download again though it failed today
  --help

Without a display the console runs on a virtual one and saves pictures of itself under out/screenshots. When nobody
has signed in before, it then opens the demo as l1.
MERIDIAN_ELECTRON=/path/to/electron uses an Electron of your own.
`

const people = ['l1', 'backline', 'supervisor']

/**
 * @typedef {object} StartArguments
 * @property {boolean} help
 * @property {boolean} screenshot
 * @property {boolean} retryDownload
 * @property {string | undefined} portal
 * @property {string | undefined} token
 * @property {string | undefined} userData an absolute path
 * @property {string | undefined} demoPerson
 */

/**
 * @param {readonly string[]} args what follows `npm start --`
 * @param {string} folder which relative paths start from
 * @param {string | undefined} tokenFromEnvironment MERIDIAN_TOKEN
 * @returns {StartArguments}
 * @throws {SetupError} naming the argument that is wrong
 */
export function readStartArguments(args, folder, tokenFromEnvironment) {
  const values = parse(args)
  const { portal } = values
  const token = values.token ?? tokenFromEnvironment
  if (portal !== undefined && !isHttpUrl(portal)) {
    throw wrong(`--portal ${portal} is not an address`, 'give it as in --portal https://portal.example.com')
  }
  if (values.token !== undefined && portal === undefined) {
    throw wrong('--token says nothing without --portal', 'add --portal URL')
  }
  const demoPerson = values['demo-person']
  if (demoPerson !== undefined && !people.includes(demoPerson)) {
    throw wrong(`--demo-person ${demoPerson} is nobody in the demo`, `give one of ${people.join(', ')}`)
  }
  if (demoPerson !== undefined && portal !== undefined) {
    throw wrong('--demo-person and --portal exclude each other', 'give one of them')
  }
  if (portal !== undefined && (token ?? '') === '') {
    throw wrong('--portal needs a token', 'add --token TOKEN, or set MERIDIAN_TOKEN')
  }
  const userData = values['user-data']
  return {
    help: values.help === true,
    screenshot: values.screenshot === true,
    retryDownload: values['retry-download'] === true,
    portal,
    token,
    userData: userData === undefined ? undefined : path.resolve(folder, userData),
    demoPerson,
  }
}

/**
 * What the console itself is started with. The token is not among it: arguments can be read in every process list.
 *
 * @param {StartArguments} wanted
 * @param {string | undefined} screenshots folder for the pictures, when there are to be any
 * @returns {string[]}
 */
export function consoleArguments(wanted, screenshots) {
  const args = []
  if (wanted.userData !== undefined) args.push(`--user-data=${wanted.userData}`)
  if (wanted.portal !== undefined) args.push(`--portal=${wanted.portal}`)
  if (wanted.demoPerson !== undefined) args.push(`--demo-person=${wanted.demoPerson}`)
  if (screenshots !== undefined) args.push(`--screenshots=${screenshots}`)
  if (wanted.screenshot) args.push('--exit-after-screenshot')
  return args
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        portal: { type: 'string' },
        token: { type: 'string' },
        'user-data': { type: 'string' },
        'demo-person': { type: 'string' },
        screenshot: { type: 'boolean' },
        'retry-download': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error), 'npm start -- --help')
  }
}

/** @param {string} text */
function isHttpUrl(text) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/**
 * @param {string} message
 * @param {string} remedy
 */
function wrong(message, remedy) {
  return new SetupError(message, remedy)
}
