import { createHash } from 'node:crypto'
import type { SignInState } from '#shared/ipc'
import { askSession, SignInFailure } from './ask-session'
import type { EmbeddedPortal } from './embedded-portal'
import { parsePortalUrl } from './portal-url'
import { profileId } from './profile-id'
import type { SessionStore, StoredSession } from './session-store'
import type { WipeOrders } from './wipe-orders'

export type SignedIn = Extract<SignInState, { kind: 'signed-in' }>
/** The token is here and nowhere else; a demo's is looked up, since its portal makes new ones at each start. */
type Access =
  | { readonly kind: 'remote'; readonly base: string; readonly token: string }
  | { readonly kind: 'demo' }
/** What the windows are told, and what only main knows. */
export type Present =
  | { readonly state: Exclude<SignInState, SignedIn> }
  | { readonly state: SignedIn; readonly access: Access }

type RemoteSession = StoredSession & {
  readonly portal: Extract<StoredSession['portal'], { kind: 'remote' }>
}

/** How long a sign-in waits until what is to be removed of this person's data is gone. */
const WIPE_LIMIT_MS = 15_000

/** What it takes to open the session of a person: in the demo, or at a portal. */
export type OpenSessionParts = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly store: Pick<SessionStore, 'write'>
  readonly demo: Pick<EmbeddedPortal, 'ready'>
  readonly wipes: Pick<WipeOrders, 'gone'>
  readonly later: (ms: number, run: () => void) => void
}

/**
 * The demo's session of one of its people, stored.
 * @throws SignInFailure; the portal's own error when the demo could not be started
 */
export async function openDemo(parts: OpenSessionParts, agentId: string): Promise<Present> {
  const { url, people } = await parts.demo.ready()
  const person = people.find((candidate) => candidate.agentId === agentId)
  if (person === undefined) {
    throw new SignInFailure('bad-token', `Nobody in the demo workspace has the id ${agentId}`)
  }
  const { workspace, agent } = await askSession({ ...parts, base: url, token: person.token })
  const session: StoredSession = { version: 1, workspace, agent, portal: { kind: 'demo' }, kept: 'kept' }
  await whenWiped(parts, session)
  await parts.store.write(session)
  return { state: stateOf(session), access: { kind: 'demo' } }
}

/**
 * The session of whoever a token belongs to, as it is stored when the token is not.
 * @param base as from `baseOf`
 * @throws SignInFailure
 */
export async function askRemote(
  parts: Pick<OpenSessionParts, 'fetch'>,
  base: string,
  token: string,
): Promise<RemoteSession> {
  const { workspace, agent } = await askSession({ ...parts, base, token })
  return {
    version: 1,
    workspace,
    agent,
    portal: { kind: 'remote', base, tokenDigest: digest(token) },
    kept: 'session-only',
  }
}

/**
 * Nobody's databases are opened while they are being removed.
 * @throws SignInFailure when that takes too long
 */
export async function whenWiped(
  parts: Pick<OpenSessionParts, 'wipes' | 'later'>,
  stored: StoredSession,
): Promise<void> {
  const { profile } = stateOf(stored)
  const late = new Promise<'late'>((resolve) => parts.later(WIPE_LIMIT_MS, () => resolve('late')))
  if ((await Promise.race([parts.wipes.gone(profile), late])) !== 'late') return
  throw new SignInFailure(
    'portal-failed',
    `The data of ${stored.agent.name} on this computer is still being removed; try again in a moment, or restart Meridian`,
  )
}

/** What the windows are told of a session. */
export function stateOf(stored: StoredSession): SignedIn {
  return {
    kind: 'signed-in',
    profile: profileId(stored.workspace.id, stored.agent.id),
    workspace: stored.workspace,
    agent: stored.agent,
    ...(stored.portal.kind === 'remote' ? { portalUrl: stored.portal.base } : {}),
    demo: stored.portal.kind === 'demo',
    kept: stored.kept,
  }
}

/**
 * The address of a portal as sessions hold it.
 * @throws SignInFailure when it is no such address
 */
export function baseOf(text: string): string {
  const url = parsePortalUrl(text)
  if (!url.ok) throw new SignInFailure(url.code, url.message)
  return url.base
}

/** By it a token is known again without being kept. */
export function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
