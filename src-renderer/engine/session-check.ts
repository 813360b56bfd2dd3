import { z } from 'zod'
import type { SignInState } from '#shared/ipc'
import { type Session, sessionSchema } from '#shared/portal/calls'
import { PROTOCOL_VERSION } from '#shared/portal/protocol'
import type { Answer, PortalClient } from './portal-client'

export type SignedIn = Extract<SignInState, { kind: 'signed-in' }>

/** Read first, loosely: a newer portal's session may look different in everything else. */
const greeting = z.object({ product: z.string(), protocol: z.number() })

/** Asks the portal who it is and who I am; says in words what doesn't fit. */
export async function checkSession(client: PortalClient, state: SignedIn): Promise<Answer<Session>> {
  const answer = await client.get('/session', z.unknown())
  if (!answer.ok) return answer
  const greeted = greeting.safeParse(answer.value)
  if (!greeted.success || greeted.data.product !== 'meridian-portal') {
    return wrong('what answers there is not a Meridian portal: check its address')
  }
  const { protocol } = greeted.data
  if (protocol > PROTOCOL_VERSION) {
    return wrong(
      `the portal speaks protocol ${protocol} and this console only ${PROTOCOL_VERSION}: update Meridian on this computer`,
    )
  }
  if (protocol < PROTOCOL_VERSION) {
    return wrong(
      `the portal speaks protocol ${protocol} and this console needs ${PROTOCOL_VERSION}: the portal has to be updated`,
    )
  }
  const session = sessionSchema.safeDecode(answer.value as z.input<typeof sessionSchema>)
  if (!session.success) {
    const issue = session.error.issues[0]
    return wrong(`the portal's session is not as agreed: ${issue?.path.join('.')} ${issue?.message}`)
  }
  const { workspace, agent } = session.data
  if (workspace.id !== state.workspace.id || agent.id !== state.agent.id) {
    return wrong(
      `the portal now answers as ${agent.name} in ${workspace.name}, not as ${state.agent.name} in ` +
        `${state.workspace.name}: sign in again`,
    )
  }
  return { ok: true, value: session.data }
}

function wrong(message: string): Answer<Session> {
  return { ok: false, failure: { kind: 'offline', message, answered: true } }
}
