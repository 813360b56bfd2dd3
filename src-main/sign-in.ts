import { createHash } from 'node:crypto'
import type { DemoPerson, SignInState, Wipe } from '#shared/ipc'
import type { Session } from '#shared/portal/calls'
import type { Role } from '#shared/tickets/people'
import { askSession, SignInFailure } from './ask-session'
import type { DemoPortal } from './embedded-portal'
import type { Keychain } from './keychain'
import type { PortalTarget } from './portal-scheme'
import { parsePortalUrl } from './portal-url'
import { profileId } from './profile-id'
import type { SessionStore, StoredSession } from './session-store'
import type { WipeOrders } from './wipe-orders'

type SignedIn = Extract<SignInState, { kind: 'signed-in' }>
/** The token is here and nowhere else; a demo's is looked up, since its portal makes new ones at each start. */
type Access =
  | { readonly kind: 'remote'; readonly base: string; readonly token: string }
  | { readonly kind: 'demo' }
type Present =
  | { readonly state: Exclude<SignInState, SignedIn> }
  | { readonly state: SignedIn; readonly access: Access }

/** How to sign in at the start, as the command line says. */
export type StartWith = {
  readonly portal?: { readonly url: string; readonly token: string }
  readonly demoPerson?: Role
  /** Pictures are wanted, so there may be nobody to sign in. */
  readonly screenshots?: string
}

export type SignIn = {
  /** Waits until the start has decided. */
  current(): Promise<SignInState>
  target(): Promise<PortalTarget>
  demoPeople(): Promise<DemoPerson[]>
  signInDemo(agentId: string): Promise<SignInState>
  connect(to: { readonly url: string; readonly token: string; readonly keep: boolean }): Promise<SignInState>
  /** @param wipe what is to be removed of this person's data on this computer; nothing when left out */
  signOut(notice?: string, wipe?: Wipe): Promise<void>
  expired(): Promise<void>
}

/** How long the engine rests when nobody can say whether a token it found refused is good. */
const UNSURE_MS = 10_000

/** How long a sign-in waits until what is to be removed of this person's data is gone. */
const WIPE_LIMIT_MS = 15_000

/** As long as a text may be on its way to a window (ipc.ts). */
const MAX_NOTICE = 2000

const notices = {
  expired:
    'Your sign-in is no longer valid. Sign in again: everything you wrote is still here and will be sent.',
  noKeychain:
    'This system has no keychain, so your token was not kept. Sign in again: everything you wrote is still here.',
  locked:
    'The keychain could not open your saved token. Sign in again: everything you wrote is still here and will be sent.',
  demoGone: 'The demo workspace was set up anew. Choose who you want to be.',
} as const

/**
 * Who is signed in where. Decides by itself nothing but that: a stored session opens the desk without a word with the
 * portal, so that it works offline.
 * @param parts.changed called after each change, once its result is stored
 * @param parts.stillValid the engine gave up over a token that is, or may be, good: it has to be started again
 * @param parts.report told of what a person should not be bothered with
 */
export function signIn(
  parts: {
    readonly fetch: (url: string, init: RequestInit) => Promise<Response>
    readonly store: SessionStore
    readonly keychain: Keychain
    readonly demo: { ready(): Promise<DemoPortal> }
    readonly wipes: Pick<WipeOrders, 'order' | 'pending' | 'gone'>
    readonly changed: (state: SignInState) => void
    readonly stillValid: () => void
    readonly later: (ms: number, run: () => void) => void
    readonly report: (problem: string) => void
  },
  startWith: StartWith,
): SignIn {
  const { store, demo } = parts
  let present: Present = { state: { kind: 'signed-out' } }
  const started = start().catch((error: unknown) => {
    const notice = error instanceof Error ? error.message : String(error)
    parts.report(`signing in at the start: ${notice}`)
    const portalUrl = startWith.portal && { portalUrl: startWith.portal.url.slice(0, MAX_NOTICE) }
    present = {
      state: { kind: 'signed-out', notice: notice.slice(0, MAX_NOTICE), isProblem: true, ...portalUrl },
    }
  })

  async function start(): Promise<void> {
    const stored = await finishSignOut(await store.read())
    if (startWith.portal) present = await startWithPortal(startWith.portal, stored)
    else if (startWith.demoPerson) present = await startWithDemo(startWith.demoPerson, stored)
    else if (stored) present = reopen(stored)
    else if (startWith.screenshots !== undefined) present = await startWithDemo('l1', stored)
    if (present.state.kind === 'signed-in' && present.state.demo) void checkDemo(present.state)
  }

  /** Killed between what to remove and the sign-out: whoever asked for the one asked for the other. */
  async function finishSignOut(stored: StoredSession | undefined): Promise<StoredSession | undefined> {
    if (stored === undefined) return undefined
    const { profile } = stateOf(stored)
    const wanted = (await parts.wipes.pending()).some((order) => order.profile === profile)
    if (!wanted) return stored
    await store.clear()
    return undefined
  }

  /** Nobody's databases are opened while they are being removed. */
  async function whenWiped(stored: StoredSession): Promise<void> {
    const { profile } = stateOf(stored)
    const late = new Promise<'late'>((resolve) => parts.later(WIPE_LIMIT_MS, () => resolve('late')))
    if ((await Promise.race([parts.wipes.gone(profile), late])) !== 'late') return
    throw new SignInFailure(
      'portal-failed',
      `The data of ${stored.agent.name} on this computer is still being removed; try again in a moment, or restart Meridian`,
    )
  }

  function reopen(stored: StoredSession): Present {
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
    given: { readonly url: string; readonly token: string },
    stored: StoredSession | undefined,
  ): Promise<Present> {
    const base = baseOf(given.url)
    const { token } = given
    const known =
      stored?.portal.kind === 'remote' &&
      stored.portal.base === base &&
      stored.portal.tokenDigest === digest(token)
    const session = known ? stored : remoteSession(await askSession({ ...parts, base, token }), base, token)
    await whenWiped(session)
    if (!known) await store.write(session)
    return { state: stateOf(session), access: { kind: 'remote', base, token } }
  }

  async function startWithDemo(role: Role, stored: StoredSession | undefined): Promise<Present> {
    if (stored?.portal.kind === 'demo' && stored.agent.role === role) return reopen(stored)
    const person = (await demo.ready()).people.find((candidate) => candidate.role === role)
    if (person === undefined) throw new SignInFailure('portal-failed', `The demo workspace has no ${role}`)
    return openDemo(person.agentId)
  }

  async function openDemo(agentId: string): Promise<Present> {
    const { url, people } = await demo.ready()
    const person = people.find((candidate) => candidate.agentId === agentId)
    if (person === undefined) {
      throw new SignInFailure('bad-token', `Nobody in the demo workspace has the id ${agentId}`)
    }
    const { workspace, agent } = await askSession({ ...parts, base: url, token: person.token })
    const session: StoredSession = { version: 1, workspace, agent, portal: { kind: 'demo' }, kept: 'kept' }
    await whenWiped(session)
    await store.write(session)
    return { state: stateOf(session), access: { kind: 'demo' } }
  }

  /** The demo's data may be gone since the last start; then its databases belong to nobody any more. */
  async function checkDemo(state: SignedIn): Promise<void> {
    try {
      const { people, workspace } = await demo.ready()
      const there =
        workspace.id === state.workspace.id && people.some((one) => one.agentId === state.agent.id)
      if (!there && present.state === state) await leave(notices.demoGone)
    } catch (error) {
      // The desk works on offline; each request says why.
      parts.report(`the demo portal did not start: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async function leave(notice: string | undefined): Promise<void> {
    const { state } = present
    const portalUrl = state.kind === 'signed-in' ? state.portalUrl : undefined
    await store.clear()
    change({
      state: {
        kind: 'signed-out',
        ...(notice === undefined ? {} : { notice }),
        ...(portalUrl === undefined ? {} : { portalUrl }),
      },
    })
  }

  function change(to: Present): SignInState {
    present = to
    parts.changed(to.state)
    return to.state
  }

  async function accessNow(): Promise<PortalTarget> {
    if (present.state.kind === 'signed-out' || !('access' in present)) return { kind: 'signed-out' }
    const { state, access } = present
    if (access.kind === 'remote') {
      const { base, token } = access
      return { kind: 'ready', base, token, profile: state.profile }
    }
    try {
      const { url, people } = await demo.ready()
      const person = people.find((candidate) => candidate.agentId === state.agent.id)
      if (person === undefined) return { kind: 'unreachable', reason: 'the demo workspace was set up anew' }
      return { kind: 'ready', base: url, token: person.token, profile: state.profile }
    } catch (error) {
      return { kind: 'unreachable', reason: error instanceof Error ? error.message : String(error) }
    }
  }

  return {
    async current() {
      await started
      return present.state
    },
    async target() {
      await started
      return accessNow()
    },
    async demoPeople() {
      const { people } = await readyDemo(demo)
      return people.map(({ agentId, name, role, region, about }) => ({ agentId, name, role, region, about }))
    },
    async signInDemo(agentId) {
      await started
      await readyDemo(demo)
      return change(await openDemo(agentId))
    },
    async connect({ url, token: typed, keep }) {
      await started
      const base = baseOf(url)
      const token = typed.trim()
      const session = remoteSession(await askSession({ ...parts, base, token }), base, token)
      const sealed = keep ? parts.keychain.seal(token) : undefined
      const kept = !keep ? 'session-only' : sealed === undefined ? 'no-keychain' : 'kept'
      const stored: StoredSession = {
        ...session,
        kept,
        portal: sealed === undefined ? session.portal : { ...session.portal, token: sealed },
      }
      await whenWiped(stored)
      if (keep) await store.write(stored)
      else await store.clear()
      return change({ state: stateOf(stored), access: { kind: 'remote', base, token } })
    },
    async signOut(notice, wipe) {
      await started
      const { state } = present
      // Written down first: killed here, the next start removes it and signs out.
      if (wipe !== undefined && state.kind === 'signed-in') {
        await parts.wipes.order({ profile: state.profile, what: wipe })
      }
      await leave(notice)
    },
    async expired() {
      await started
      const before = present
      const tryAgain = () =>
        parts.later(UNSURE_MS, () => {
          if (present === before) parts.stillValid()
        })
      const target = await accessNow()
      if (target.kind === 'signed-out') return
      if (target.kind !== 'ready') return tryAgain()
      try {
        await askSession({ ...parts, base: target.base, token: target.token })
        // As when the demo's portal was started again and made new tokens.
        if (present === before) parts.stillValid()
      } catch (error) {
        if (!(error instanceof SignInFailure)) throw error
        // The engine has stopped over it: a portal that can't say is asked again.
        if (error.code !== 'bad-token') tryAgain()
        else if (present === before) await leave(notices.expired)
      }
    },
  }
}

function remoteSession(session: Session, base: string, token: string) {
  return {
    version: 1,
    workspace: session.workspace,
    agent: session.agent,
    portal: { kind: 'remote', base, tokenDigest: digest(token) },
    kept: 'session-only',
  } as const satisfies StoredSession
}

function stateOf(stored: StoredSession): SignedIn {
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

function baseOf(text: string): string {
  const url = parsePortalUrl(text)
  if (!url.ok) throw new SignInFailure(url.code, url.message)
  return url.base
}

async function readyDemo(demo: { ready(): Promise<DemoPortal> }): Promise<DemoPortal> {
  try {
    return await demo.ready()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SignInFailure('portal-failed', `The demo workspace could not be started: ${reason}`)
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
