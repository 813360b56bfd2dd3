import type { z } from 'zod'
import { type Answer, type Call, type Caller, channelOf, contract, type Handlers } from '#shared/ipc'
import { pageOf, pageOfWindow, type WindowKind } from './app-origin'
import { DeskFailure } from './desk-failure'

/** What of Electron's event is looked at. The frame is gone when its page has navigated meanwhile. */
export type CallEvent = {
  readonly sender: { readonly id: number }
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null
}

/** What of Electron's `ipcMain` is used. */
export type CallReceiver = {
  handle(channel: string, listener: (event: CallEvent, input: unknown) => Promise<Answer>): void
}

type AnyCall = Call<z.ZodType, z.ZodType>
type AnyHandler = (input: unknown) => unknown

/**
 * Answers the calls of the contract, and is the only code that receives any. Each is checked for its sender, decoded,
 * run and encoded; an expected failure reaches the window with its code, anything else goes to `bug`.
 * @param parts.windowOf which of our windows a sender is, by the id of its contents
 */
export function serve(parts: {
  readonly receiver: CallReceiver
  readonly handlers: Handlers
  readonly windowOf: (senderId: number) => WindowKind | undefined
  readonly bug: (error: unknown, where: string) => void
}): void {
  for (const [group, members] of Object.entries(contract)) {
    for (const [name, member] of Object.entries(members)) {
      if (member.kind !== 'call') continue
      const channel = channelOf(group, name)
      const handler = handlerOf(parts.handlers, group, name)
      parts.receiver.handle(channel, async (event, input) => {
        const refused = refusal(event, member.caller, parts.windowOf)
        if (refused !== undefined) return failure('forbidden', `${channel}: ${refused}`)
        try {
          return await run(member, handler, channel, input)
        } catch (error) {
          if (error instanceof DeskFailure) return failure(error.code, error.message)
          parts.bug(error, channel)
          return failure('internal', 'Something went wrong inside the console; its log has the details')
        }
      })
    }
  }
}

async function run(member: AnyCall, handler: AnyHandler, channel: string, input: unknown): Promise<Answer> {
  const decoded = member.input.safeDecode(input)
  if (!decoded.success) return failure('bad-input', `${channel}: ${firstIssue(decoded.error)}`)
  const output = await handler(decoded.data)
  return { ok: true, value: member.output.encode(output) }
}

/** Why a call is not answered, or `undefined` when it may be. */
function refusal(
  event: CallEvent,
  caller: Caller,
  windowOf: (senderId: number) => WindowKind | undefined,
): string | undefined {
  const frame = event.senderFrame
  if (!frame) return 'its page is gone'
  if (frame.parent) return 'only the main frame may call'
  const window = windowOf(event.sender.id)
  if (window === undefined || pageOf(frame.url) !== pageOfWindow[window])
    return 'only pages of the console may call'
  return caller === 'engine' && window !== 'engine' ? 'only the engine may call this' : undefined
}

function handlerOf(handlers: Handlers, group: string, name: string): AnyHandler {
  // The type of Handlers holds exactly the calls of the contract; a loop over its names can't show that to the compiler.
  const members = handlers[group as keyof Handlers] as Readonly<Record<string, AnyHandler>>
  const handler = members[name]
  if (handler === undefined) throw new Error(`no handler for ${channelOf(group, name)}`)
  return handler
}

function failure(code: string, message: string): Answer {
  return { ok: false, error: { code, message } }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'is invalid'}`
}
