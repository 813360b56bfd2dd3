import { z } from 'zod'
import { formsOf, TypedText } from '../../store/typed-text'
import type { Values } from './form-values'

const stored = z.record(z.string(), z.string())

/**
 * Forms that were left before they were saved: they survive Escape, a reload and the end of the app. They are written
 * at every key stroke, which is what the storage of texts typed last is for.
 */
export class Unfinished {
  readonly #texts: TypedText
  /** What is too large for the storage is kept for as long as the window lives. */
  readonly #memory = new Map<string, Values>()

  constructor(storage: ConstructorParameters<typeof TypedText>[0], profile: string) {
    this.#texts = new TypedText(storage, formsOf(profile))
  }

  /** What was filled in and not saved; undefined when nothing was. */
  read(key: string): Values | undefined {
    const known = this.#memory.get(key)
    if (known) return known
    const text = this.#texts.get(key)
    if (text === undefined) return undefined
    const read = stored.safeParse(parsed(text))
    return read.success ? read.data : undefined
  }

  keep(key: string, values: Values): void {
    this.#memory.set(key, values)
    this.#texts.keep(key, JSON.stringify(values))
  }

  /** It was saved, or started anew. */
  drop(key: string): void {
    this.#memory.delete(key)
    this.#texts.sent(key)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined
    throw problem
  }
}

const perProfile = new Map<string, Unfinished>()

/** The unfinished forms of a person in a workspace (`DeskStore.profile`), in this window. */
export function unfinished(profile: string): Unfinished {
  const known = perProfile.get(profile) ?? new Unfinished(localStorage, profile)
  perProfile.set(profile, known)
  return known
}

/** Forgets what this window remembers of them; what is stored goes with the rest of this person's data. */
export function forgetUnfinished(profile: string): void {
  perProfile.delete(profile)
}

/** Names what is being mended of a refused command. */
export function editKey(ticketId: string, commandId: string): string {
  return `${ticketId}/${commandId}`
}

/** Names what is being made of both versions of a clash. */
export function mergeKey(ticketId: string, commandId: string): string {
  return `${ticketId}/${commandId}/merge`
}

/** A refused command was decided: nothing of it is unfinished any more. */
export function forget(profile: string, ticketId: string, commandId: string): void {
  const forms = unfinished(profile)
  forms.drop(editKey(ticketId, commandId))
  forms.drop(mergeKey(ticketId, commandId))
}
