import { fill, type Vars } from './fill'
import { hash, type Random } from './random'
import { phrases } from './scenery'

/** `田中 美咲 (Misaki Tanaka)` signs as Misaki Tanaka. */
export function signature(name: string): string {
  return /\(([^)]+)\)/.exec(name)?.[1] ?? name
}

export function firstName(name: string): string {
  return signature(name).split(' ')[0] ?? name
}

type Manner = { readonly first: boolean }

/** A customer's words, between the greeting and closing of somebody who always writes in the same manner. */
export function customerText(
  name: string,
  body: string,
  vars: Vars,
  random: Random,
  { first }: Manner,
): string {
  const voices = phrases.customerVoices
  const voice = voices[hash(name) % voices.length] ?? random.pick(voices)
  const opening = random.pick(first ? voice.opening : voice.later)
  const closing = random.pick(first ? voice.closing : voice.laterClosing)
  return capitalised(fill(opening + body + closing, vars, random))
}

/** An agent's public reply in the agent's own manner. */
export function agentText(name: string, body: string, vars: Vars, random: Random): string {
  const voices = phrases.agentVoices
  const voice = voices[hash(name) % voices.length] ?? random.pick(voices)
  return capitalised(fill(random.pick(voice.opening) + body + random.pick(voice.closing), vars, random))
}

/** A sentence may begin with a value in lower case; host names and the like stay as they are written. */
export function capitalised(text: string): string {
  return /^[a-z]+[ ,.]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
