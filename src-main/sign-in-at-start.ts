import type { Role } from '#shared/tickets/people'
import { SignInFailure } from './ask-session'
import type { Keychain } from './keychain'
import {
  askRemote,
  baseOf,
  digest,
  type OpenSessionParts,
  openDemo,
  type Present,
  stateOf,
  whenWiped,
} from './open-session'
import type { SessionStore, StoredSession } from './session-store'
import type { WipeOrders } from './wipe-orders'

/** How to sign in at the start, as the command line says. */
export type StartWith = {
  readonly portal?: { readonly url: string; readonly token: string }
  readonly demoPerson?: Role
  /** Pictures are wanted, so there may be nobody to sign in. */
  readonly screenshots?: string
}

type Parts = OpenSessionParts & {
  readonly store: SessionStore
  readonly keychain: Pick<Keychain, 'open'>
  readonly wipes: Pick<WipeOrders, 'pending' | 'gone'>
  readonly report: (problem: string) => void
}

/** As long as a text may be on its way to a window (ipc.ts). */
const MAX_NOTICE = 2000

const notices = {
  noKeychain:
    'This system has no keychain, so your token was not kept. Sign in again: everything you wrote is still here.',
  locked:
    'The keychain could not open your saved token. Sign in again: everything you wrote is still here and will be sent.',
} as const

/**
 * Who is signed in when the console starts: whom the command line names, else who was before. Never rejects: what went
 * wrong is the notice of the sign-in.
 * @param parts.report told of what went wrong too
 */
export async function signInAtStart(parts: Parts, startWith: StartWith): Promise<Present> {
  try {
    return await decide(parts, startWith)
  } catch (error) {
    const notice = error instanceof Error ? error.message : String(error)
    parts.report(`signing in at the start: ${notice}`)
    const portalUrl = startWith.portal && { portalUrl: startWith.portal.url.slice(0, MAX_NOTICE) }
    return {
      state: { kind: 'signed-out', notice: notice.slice(0, MAX_NOTICE), isProblem: true, ...portalUrl },
    }
  }
}

async function decide(parts: Parts, startWith: StartWith): Promise<Present> {
  const stored = await finishSignOut(parts, await parts.store.read())
  if (startWith.portal) return startWithPortal(parts, startWith.portal, stored)
  if (startWith.demoPerson) return startWithDemo(parts, startWith.demoPerson, stored)
  if (stored) return reopen(parts, stored)
  if (startWith.screenshots !== undefined) return startWithDemo(parts, 'l1', stored)
  return { state: { kind: 'signed-out' } }
}

/** Killed between what to remove and the sign-out: whoever asked for the one asked for the other. */
async function finishSignOut(
  parts: Pick<Parts, 'store' | 'wipes'>,
  stored: StoredSession | undefined,
): Promise<StoredSession | undefined> {
  if (stored === undefined) return undefined
  const { profile } = stateOf(stored)
  const wanted = (await parts.wipes.pending()).some((order) => order.profile === profile)
  if (!wanted) return stored
  await parts.store.clear()
  return undefined
}

/** Without a word with the portal, so that the desk opens offline. */
function reopen(parts: Pick<Parts, 'keychain'>, stored: StoredSession): Present {
  if (stored.portal.kind === 'demo') return { state: stateOf(stored), access: { kind: 'demo' } }
  const { base, token: sealed } = stored.portal
  if (sealed === undefined) {
    const notice = stored.kept === 'no-keychain' ? { notice: notices.noKeychain } : {}
    return { state: { kind: 'signed-out', ...notice, portalUrl: base } }
  }
  const token = parts.keychain.open(sealed)
  if (token === undefined) return { state: { kind: 'signed-out', notice: notices.locked, portalUrl: base } }
  return { state: stateOf(stored), access: { kind: 'remote', base, token } }
}

async function startWithPortal(
  parts: Parts,
  given: { readonly url: string; readonly token: string },
  stored: StoredSession | undefined,
): Promise<Present> {
  const base = baseOf(given.url)
  const { token } = given
  const known =
    stored?.portal.kind === 'remote' &&
    stored.portal.base === base &&
    stored.portal.tokenDigest === digest(token)
  const session = known ? stored : await askRemote(parts, base, token)
  await whenWiped(parts, session)
  if (!known) await parts.store.write(session)
  return { state: stateOf(session), access: { kind: 'remote', base, token } }
}

async function startWithDemo(parts: Parts, role: Role, stored: StoredSession | undefined): Promise<Present> {
  if (stored?.portal.kind === 'demo' && stored.agent.role === role) return reopen(parts, stored)
  const person = (await parts.demo.ready()).people.find((candidate) => candidate.role === role)
  if (person === undefined) throw new SignInFailure('portal-failed', `The demo workspace has no ${role}`)
  return openDemo(parts, person.agentId)
}
