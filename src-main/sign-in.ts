import type { DemoPerson, SignInState, Wipe } from '#shared/ipc'
import { askSession, SignInFailure } from './ask-session'
import type { DemoPortal, EmbeddedPortal } from './embedded-portal'
import type { Keychain } from './keychain'
import { askRemote, baseOf, openDemo, type Present, type SignedIn, stateOf, whenWiped } from './open-session'
import type { PortalTarget } from './portal-scheme'
import type { SessionStore, StoredSession } from './session-store'
import { type StartWith, signInAtStart } from './sign-in-at-start'
import type { WipeOrders } from './wipe-orders'

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

const notices = {
  expired:
    'Your sign-in is no longer valid. Sign in again: everything you wrote is still here and will be sent.',
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
    readonly demo: Pick<EmbeddedPortal, 'ready'>
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
  const started = start()

  async function start(): Promise<void> {
    present = await signInAtStart(parts, startWith)
    if (present.state.kind === 'signed-in' && present.state.demo) void checkDemo(present.state)
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
      return change(await openDemo(parts, agentId))
    },
    async connect({ url, token: typed, keep }) {
      await started
      const base = baseOf(url)
      const token = typed.trim()
      const session = await askRemote(parts, base, token)
      const sealed = keep ? parts.keychain.seal(token) : undefined
      const kept = !keep ? 'session-only' : sealed === undefined ? 'no-keychain' : 'kept'
      const stored: StoredSession = {
        ...session,
        kept,
        portal: sealed === undefined ? session.portal : { ...session.portal, token: sealed },
      }
      await whenWiped(parts, stored)
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

async function readyDemo(demo: Pick<EmbeddedPortal, 'ready'>): Promise<DemoPortal> {
  try {
    return await demo.ready()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SignInFailure('portal-failed', `The demo workspace could not be started: ${reason}`)
  }
}
