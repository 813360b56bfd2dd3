import { onPath } from './on-path.mjs'
import { runCommand } from './run-command.mjs'

/**
 * Something of the operating system that Meridian needs.
 *
 * @typedef {object} SystemNeed
 * @property {string} what a shared library, a command or `fonts`
 * @property {readonly string[]} packages Debian packages that have it, newest name first; any one of them is enough
 * @property {boolean} required without it nothing can run
 */

/** @type {readonly SystemNeed[]} */
const libraries = [
  { what: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'], required: true },
  { what: 'libnss3.so', packages: ['libnss3'], required: true },
  { what: 'libgbm.so.1', packages: ['libgbm1'], required: true },
  { what: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'], required: true },
  { what: 'libXss.so.1', packages: ['libxss1'], required: true },
  { what: 'libatspi.so.0', packages: ['libatspi2.0-0t64', 'libatspi2.0-0'], required: true },
]

// Electron loads it only when it shows a notification; without it the app runs and its alerts stay inside its windows.
/** @type {SystemNeed} */
const notifications = { what: 'libnotify.so.4', packages: ['libnotify4'], required: false }

/** @type {readonly SystemNeed[]} */
const virtualDesktop = [
  { what: 'Xvfb', packages: ['xvfb'], required: true },
  { what: 'dbus-daemon', packages: ['dbus-daemon', 'dbus'], required: true },
  { what: 'dbus-send', packages: ['dbus-bin', 'dbus'], required: true },
  { what: 'dunst', packages: ['dunst'], required: false },
]

/** @type {SystemNeed} */
const fonts = { what: 'fonts', packages: ['fonts-dejavu-core'], required: false }

/**
 * What is missing on this Linux machine.
 *
 * @param {string} electron path of the runtime
 * @param {{ virtualDesktop: boolean }} options whether an own X server and bus will be started
 * @returns {Promise<SystemNeed[]>}
 */
export async function missingSystemNeeds(electron, options) {
  const missing = librariesFor(await unresolvedLibraries(electron))
  if (!(await loaderKnows(notifications.what))) missing.push(notifications)
  if (options.virtualDesktop) {
    for (const need of virtualDesktop) if ((await onPath(need.what)) === undefined) missing.push(need)
  }
  if (!(await hasFonts())) missing.push(fonts)
  return missing
}

/**
 * @param {readonly string[]} unresolved names of shared libraries that the dynamic linker does not find
 * @returns {SystemNeed[]} known ones by name; an unknown one comes as a dependency of the known, so it asks for all of them
 */
export function librariesFor(unresolved) {
  const known = libraries.filter((need) => unresolved.includes(need.what))
  const unknown = unresolved.some((name) => libraries.every((need) => need.what !== name))
  return unknown ? [...libraries] : known
}

/**
 * @param {string} output of ldd
 * @returns {string[]} names of the libraries that were not found
 */
export function unresolvedIn(output) {
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')
}

/** @param {string} executable */
async function unresolvedLibraries(executable) {
  return unresolvedIn((await runCommand('ldd', [executable])).output)
}

/** @param {string} library */
async function loaderKnows(library) {
  const ldconfig = await onPath('ldconfig')
  // Without ldconfig there is no way to tell; the app says so itself when a notification can't be shown.
  return ldconfig === undefined || (await runCommand(ldconfig, ['-p'])).output.includes(`${library} `)
}

async function hasFonts() {
  const list = await onPath('fc-list')
  // fontconfig's commands need not be there although its library and fonts are.
  if (list === undefined)
    return (await runCommand('find', ['/usr/share/fonts', '-name', '*.[to]tf'])).stdout !== ''
  return (await runCommand(list, [])).stdout.trim() !== ''
}
