import { z } from 'zod'
import { attachmentSchema } from './tickets/attachment'
import { agentSchema, roleSchema } from './tickets/people'
import { instantSchema } from './time/instant'

/**
 * The one contract between main and the windows. It carries only what needs the operating system; tickets never
 * cross it: the windows share the databases. To add a call: one line here, one handler in src-main; both ends are
 * derived from this value and a missing handler doesn't compile. Values cross in encoded form (instants as ISO text).
 */

/** Which windows may make a call: any of ours, or only the hidden engine. */
export type Caller = 'any' | 'engine'

export type Call<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'call'
  readonly input: I
  readonly output: O
  readonly caller: Caller
}
export type Push<P extends z.ZodType> = { readonly kind: 'push'; readonly payload: P }

function call<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  caller: Caller = 'any',
): Call<I, O> {
  return { kind: 'call', input, output, caller }
}
function push<P extends z.ZodType>(payload: P): Push<P> {
  return { kind: 'push', payload }
}

const nothing = z.undefined()
const text = z.string().max(2000)
const id = z.string().min(1).max(120)

/** Who is signed in where. `profile` names the two databases of this person in this workspace. */
export const signInStateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('signed-out'),
    notice: text.optional(),
    /** The notice tells of something that failed. */
    isProblem: z.literal(true).optional(),
    /** The portal that one was signed in to, or tried to. */
    portalUrl: text.optional(),
  }),
  z.object({
    kind: z.literal('signed-in'),
    profile: z
      .string()
      .regex(/^[\w.-]+$/)
      .max(250),
    workspace: z.object({ id, name: text }),
    agent: agentSchema,
    /** Shown to the person; the embedded demo has none. */
    portalUrl: text.optional(),
    demo: z.boolean(),
    /** Whether the sign-in outlives the app; `no-keychain`: the OS offers no safe place for the token. */
    kept: z.enum(['kept', 'session-only', 'no-keychain']),
  }),
])
export type SignInState = z.infer<typeof signInStateSchema>

/**
 * What signing out removes from this computer: nothing, the copy of the tickets (which can be fetched again), or also
 * what was not sent and the drafts.
 */
export const wipeSchema = z.enum(['tickets', 'everything'])
export type Wipe = z.infer<typeof wipeSchema>

export const demoPersonSchema = z.object({
  agentId: id,
  name: text,
  role: roleSchema,
  region: text,
  about: text,
})
export type DemoPerson = z.infer<typeof demoPersonSchema>

/** Why a sign-in failed; the message names the thing and the remedy. Codes are closed, so that the form can react. */
export const signInErrorCodes = [
  'bad-url',
  'insecure-url',
  'unreachable',
  'not-a-portal',
  'bad-token',
  'newer-protocol',
  'portal-failed',
] as const

export const alertRequestSchema = z.object({
  /** Identity of the alert; showing the same key twice shows it once. */
  key: z.string().min(1).max(400),
  title: z.string().max(300),
  body: z.string().max(1000),
  urgency: z.enum(['normal', 'critical']),
  /** Opens on click; absent for a digest, which opens the queue. */
  ticketId: id.optional(),
})
export type AlertRequest = z.infer<typeof alertRequestSchema>

/** One line of the journal's second copy: an opaque JSON text per key; an absent value removes the key. */
export const journalLineSchema = z.object({
  key: z.string().min(1).max(300),
  value: z.string().max(500_000).optional(),
})
export type JournalLine = z.infer<typeof journalLineSchema>

/** `as-is` only asks. */
export const zoomStepSchema = z.enum(['larger', 'smaller', 'usual', 'as-is'])
export type ZoomStep = z.infer<typeof zoomStepSchema>

const profile = z
  .string()
  .regex(/^[\w.-]+$/)
  .max(250)

export const contract = {
  app: {
    info: call(
      nothing,
      z.object({ version: text, electron: text, platform: text, startedWith: z.enum(['ui', 'flags']) }),
    ),
    /** The console shows what this computer knows, or asks who signs in: the engine need not wait any longer. */
    drawn: call(nothing, nothing),
    /** A window tells that it shows something worth a picture: the first sync is on screen. */
    settled: call(nothing, nothing),
    openExternal: call(z.object({ url: z.url().max(2000) }), nothing),
  },
  session: {
    current: call(nothing, signInStateSchema),
    /** Starts the embedded portal if it isn't running and says who one can be. */
    demoPeople: call(nothing, z.array(demoPersonSchema)),
    signInDemo: call(z.object({ agentId: id }), signInStateSchema),
    connect: call(z.object({ url: text, token: text, keep: z.boolean() }), signInStateSchema),
    /** Everything unsent stays for when this person signs in again, unless `wipe` says otherwise. */
    signOut: call(z.object({ notice: text.optional(), wipe: wipeSchema.optional() }), nothing),
    /** The engine met a 401: the token is no longer good. Everything unsent stays. */
    expired: call(nothing, nothing, 'engine'),
    changed: push(signInStateSchema),
  },
  alarm: {
    /** The one instant (desk clock) at which main rings the engine; absent: nothing to wait for. */
    set: call(z.object({ at: instantSchema.optional() }), nothing, 'engine'),
    ring: push(nothing),
  },
  notification: {
    /**
     * Resolves once the operating system has taken it, with `shown: false` when it didn't. `profile`: whose alert it is;
     * after a change of person one of the person before is not shown.
     */
    show: call(
      z.object({ profile, alert: alertRequestSchema }),
      z.object({ shown: z.boolean(), why: text.optional() }),
      'engine',
    ),
    /** Number on the tray and dock: tickets at risk. */
    badge: call(z.object({ atRisk: z.number().int().nonnegative() }), nothing, 'engine'),
  },
  journal: {
    /** Appends to the second copy, fsynced before it resolves. */
    append: call(z.object({ profile, lines: z.array(journalLineSchema).max(1000) }), nothing),
    /** Everything the second copy holds, and whether this profile ever wrote (the generation marker). */
    read: call(
      z.object({ profile }),
      z.object({ generation: z.number().int().nonnegative(), lines: z.array(journalLineSchema) }),
      'engine',
    ),
  },
  local: {
    /** Whose data the engine is to remove from this computer; asked at its start and after each sign-out. */
    wipes: call(nothing, z.array(z.object({ profile, what: wipeSchema })), 'engine'),
    /** It has; main then removes what it keeps itself. */
    wiped: call(z.object({ profile, what: wipeSchema }), nothing, 'engine'),
  },
  files: {
    /** Asks the person where to, then writes the text as UTF-8; without `path` they thought better of it. */
    saveText: call(
      z.object({
        suggestedName: z
          .string()
          .min(1)
          .max(200)
          .regex(/^[^\\/:*?"<>|]+$/, 'must be the name of a file, without folders'),
        text: z.string().max(200_000_000),
      }),
      z.object({ path: text.optional() }),
    ),
    /** Asks where to, then fetches a file of a message from the portal and writes it there; nothing is opened. */
    saveAttachment: call(
      attachmentSchema.pick({ id: true, name: true, size: true }),
      z.object({ path: text.optional() }),
    ),
    /** Fetches a picture of a message from the portal, to be shown; refused when its bytes are something else. */
    picture: call(
      attachmentSchema.pick({ id: true, name: true, size: true }),
      z.object({ type: text, bytes: z.instanceof(Uint8Array<ArrayBuffer>) }),
    ),
  },
  navigation: {
    /** A click on a notification, or a link of the system: the console opens this ticket. */
    openTicket: push(z.object({ ticketId: id.optional() })),
    /** A link of the system was not followed, and why. */
    refused: push(z.object({ problem: text })),
  },
  window: {
    /** Shows a ticket in a window of its own; the one it has already comes to the front. */
    openTicket: call(z.object({ ticketId: id }), nothing),
    /** Brings the console to the front, with this ticket in it. */
    showConsole: call(z.object({ ticketId: id.optional() }), nothing),
    /** How large everything is drawn, in all windows, in percent; kept. */
    zoom: call(z.object({ to: zoomStepSchema }), z.object({ percent: z.number().int() })),
  },
  power: {
    /** The machine woke up or was unlocked: pull and check alerts now. */
    woke: push(nothing),
  },
} as const

export type Contract = typeof contract
type Members = {
  readonly [group: string]: { readonly [name: string]: Call<z.ZodType, z.ZodType> | Push<z.ZodType> }
}
contract satisfies Members

type CallNames<G> = { [N in keyof G]: G[N] extends { kind: 'call' } ? N : never }[keyof G]

/** What main must implement: every call, with decoded input. */
export type Handlers = {
  readonly [G in keyof Contract]: {
    readonly [N in CallNames<Contract[G]>]: Contract[G][N] extends Call<infer I, infer O>
      ? (input: z.output<I>) => Promise<z.output<O>> | z.output<O>
      : never
  }
}

/** `window.desk`: what the preload gives a window. Calls reject with a DeskError; a push returns its unsubscribe. */
export type Desk = {
  readonly [G in keyof Contract]: {
    readonly [N in keyof Contract[G]]: Contract[G][N] extends Call<infer I, infer O>
      ? undefined extends z.output<I>
        ? () => Promise<z.output<O>>
        : (input: z.output<I>) => Promise<z.output<O>>
      : Contract[G][N] extends Push<infer P>
        ? (listener: (payload: z.output<P>) => void) => () => void
        : never
  }
}

/** How answers cross: Electron would strip a thrown error to its message. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: DeskError }
export type DeskError = { readonly code: string; readonly message: string }

/** Name of the channel of a member; nobody types it. */
export function channelOf(group: string, name: string): string {
  return `${group}:${name}`
}
