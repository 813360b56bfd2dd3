import type { Role } from '#shared/tickets/people'
import { roleSchema } from '#shared/tickets/people'

/** What the command line asks for. Paths are as given. */
export type Arguments = {
  readonly portal?: { readonly url: string; readonly token: string }
  readonly userData?: string
  readonly demoPerson?: Role
  readonly screenshots?: string
  readonly exitAfterScreenshot: boolean
  /** What the system was asked to open with us, as it came (deep-link.ts judges it). */
  readonly link?: string
}

export type ParsedArguments =
  | { readonly ok: true; readonly arguments: Arguments }
  | { readonly ok: false; readonly problem: string }

const withValue = ['--portal', '--token', '--user-data', '--demo-person', '--screenshots'] as const
const switches = ['--exit-after-screenshot'] as const
const LINK = /^meridian:/i
/** Marks the link in `values`; no argument is called that. */
const LINK_VALUE = 'link'

/** Switches of Chromium and Electron that may stand beside ours; they have taken effect before we run. */
const chromiumSwitches: ReadonlySet<string> = new Set([
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--enable-logging',
  '--force-device-scale-factor',
  '--headless',
  '--inspect',
  '--lang',
  '--no-sandbox',
  '--ozone-platform',
  '--ozone-platform-hint',
  '--password-store',
  '--remote-debugging-pipe',
  '--remote-debugging-port',
])

/**
 * Reads the arguments strictly: an unknown one, a repeated one or a missing value is a problem, not ignored.
 * @param given what follows the app folder, or for a packaged app everything after the executable
 * @param tokenFromEnvironment MERIDIAN_TOKEN, preferred because other users of the machine can't see it
 */
export function parseArguments(
  given: readonly string[],
  tokenFromEnvironment: string | undefined,
): ParsedArguments {
  const values = new Map<string, string>()
  for (let index = 0; index < given.length; index += 1) {
    const text = given[index] ?? ''
    const [name = '', inline] = splitOnce(text)
    // What follows is an address from anywhere: whatever it looks like, it is no argument.
    if (text === '--' || LINK.test(text)) {
      const rest = given.slice(text === '--' ? index + 1 : index)
      if (rest.length !== 1) return problem('a link stands alone and last')
      values.set(LINK_VALUE, rest[0] ?? '')
      break
    }
    if (chromiumSwitches.has(name)) continue
    if (values.has(name)) return problem(`${name} is given twice; give it once`)
    if (isOneOf(switches, name)) {
      if (inline !== undefined) return problem(`${name} takes no value`)
      values.set(name, '')
    } else if (isOneOf(withValue, name)) {
      const value = inline ?? given[index + 1]
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
        return problem(`${name} needs a value`)
      }
      if (inline === undefined) index += 1
      values.set(name, value)
    } else {
      return problem(`unknown argument "${shown(text)}"; see npm start -- --help`)
    }
  }
  return assemble(values, tokenFromEnvironment)
}

function assemble(values: ReadonlyMap<string, string>, fromEnvironment: string | undefined): ParsedArguments {
  const url = values.get('--portal')
  const token = fromEnvironment || values.get('--token')
  if (url !== undefined && token === undefined) {
    return problem('--portal needs a token: set MERIDIAN_TOKEN or give --token')
  }
  if (url === undefined && values.has('--token')) return problem('--token needs --portal URL')
  const person = values.get('--demo-person')
  const role = roleSchema.safeParse(person)
  if (person !== undefined && !role.success) {
    return problem(`--demo-person is one of ${roleSchema.options.join(', ')}, not "${shown(person)}"`)
  }
  if (person !== undefined && url !== undefined) {
    return problem('--demo-person and --portal exclude each other')
  }
  const screenshots = values.get('--screenshots')
  const exitAfterScreenshot = values.has('--exit-after-screenshot')
  if (exitAfterScreenshot && screenshots === undefined) {
    return problem('--exit-after-screenshot needs --screenshots DIR')
  }
  const userData = values.get('--user-data')
  const link = values.get(LINK_VALUE)
  return {
    ok: true,
    arguments: {
      ...(url !== undefined && token !== undefined ? { portal: { url, token } } : {}),
      ...(userData !== undefined ? { userData } : {}),
      ...(role.success ? { demoPerson: role.data } : {}),
      ...(screenshots !== undefined ? { screenshots } : {}),
      exitAfterScreenshot,
      ...(link !== undefined ? { link } : {}),
    },
  }
}

/**
 * The arguments that are ours in `process.argv`. Run from source, Electron's own come first, then the app folder;
 * a `-r FILE` before it belongs to Electron too.
 */
export function ownArguments(argv: readonly string[], fromSource: boolean): readonly string[] {
  if (!fromSource) return argv.slice(1)
  for (let index = 1; index < argv.length; index += 1) {
    const text = argv[index] ?? ''
    if (text === '-r' || text === '--require') index += 1
    else if (!text.startsWith('-')) return argv.slice(index + 1)
  }
  return []
}

function splitOnce(text: string): readonly [string, string?] {
  const at = text.indexOf('=')
  return at < 0 || !text.startsWith('--') ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function isOneOf<const T extends string>(list: readonly T[], text: string): text is T {
  return list.some((item) => item === text)
}

/** A mistyped argument may be a secret or a mile long. */
function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 20)}…` : text
}

function problem(text: string): ParsedArguments {
  return { ok: false, problem: text }
}
