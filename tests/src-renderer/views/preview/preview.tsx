import { z } from 'zod'
import '@fontsource-variable/inter/wght.css'
import '../../../../src-renderer/ui/mantine.css'
import '../../../../src-renderer/ui/tokens.css'
import { createRoot } from 'react-dom/client'
import type { Desk, SignInState } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { App } from '../../../../src-renderer/app/app'
import { ThemeProvider } from '../../../../src-renderer/ui/theme-provider'
import { agents } from './made-up-desk'
import { madeUpStore } from './made-up-store'

z.config({ jitless: true })

/*
 * The views over a made-up desk. The address says how: ?screen=sign-in, ?tickets=50000, ?sync=offline, ?sync=first,
 * ?rows=loading, ?conversation=500, ?conflicts, ?role=backline.
 */
const asked = new URLSearchParams(window.location.search)
const sync = asked.get('sync') ?? 'live'
const signedIn = (agent: Agent): SignInState => ({
  kind: 'signed-in',
  profile: 'preview',
  workspace: { id: 'demo', name: 'Lumen Operations' },
  agent,
  demo: true,
  kept: 'kept',
})
const people = [
  [0, 'Works the queue in Berlin. First answers, triage, claims.'],
  [1, 'Takes the hard ones in Chicago, and hand-offs from EMEA.'],
  [2, 'Keeps an eye on what is at risk, everywhere.'],
] as const
const settled: number[] = []

const desk = {
  app: {
    info: async () => ({ version: '0', electron: '0', platform: 'linux', startedWith: 'ui' as const }),
    drawn: async () => undefined,
    settled: async () => void settled.push(performance.now()),
    openExternal: async () => undefined,
  },
  session: {
    current: async () =>
      asked.get('screen') === 'sign-in'
        ? { kind: 'signed-out' as const }
        : signedIn(agents.find(({ role }) => role === (asked.get('role') ?? 'l1')) ?? agents[0]),
    demoPeople: () =>
      new Promise<never[]>((resolve) => {
        const answer = people.map(([at, about]) => {
          const one = agents[at] ?? agents[0]
          return { agentId: one.id, name: one.name, role: one.role, region: one.region, about }
        })
        if (asked.get('people') !== 'never') setTimeout(() => resolve(answer as never[]), 50)
      }),
    signInDemo: async ({ agentId }: { agentId: string }) =>
      signedIn(agents.find((one) => one.id === agentId) ?? agents[0]),
    connect: async () => {
      throw {
        code: 'bad-token',
        message: 'The portal does not know this token. Ask whoever runs it for a new one.',
      }
    },
    signOut: async () => undefined,
    expired: async () => undefined,
    changed: () => () => undefined,
  },
  navigation: { openTicket: () => () => undefined },
} as unknown as Desk
Object.assign(window, { desk, settled })

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')
createRoot(root).render(
  <ThemeProvider>
    <App
      openDesk={(_profile, me) => {
        const now = Date.now()
        const offline = sync === 'offline'
        const store = madeUpStore(me, {
          tickets: Number(asked.get('tickets') ?? 240),
          conversation: Number(asked.get('conversation') ?? 0),
          isReady: asked.get('rows') !== 'loading',
          offline,
          conflicts: asked.has('conflicts'),
          status: {
            ...(offline && {
              connection: {
                kind: 'offline',
                since: now - 12 * 60_000,
                problem: 'support.lumen.example does not answer',
                retryAt: now + 45_000,
              },
              lastSyncAt: now - 12 * 60_000,
              unsent: 2,
              parked: 1,
              clockOffsetMs: 7_400,
              notices: ['The local copy was damaged and was fetched again. Nothing you wrote was lost.'],
            }),
            ...(sync === 'first' && {
              firstSync: { done: 1240, total: 5400, openDone: false, isPaused: false },
            }),
          },
        })
        Object.assign(window, { store, touch: store.touch })
        return store
      }}
    />
  </ThemeProvider>,
)
