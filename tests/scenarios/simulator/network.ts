import { SERVER_TIME_HEADER } from '#shared/portal/protocol'
import type { WireRecord } from '#shared/portal/records'
import type { Agent } from '#shared/tickets/people'
import { type PortalAnswer, problem, type SimulatedPortal } from './portal'
import { type PortalDoor, SimulatedStream } from './portal-door'
import type { Random } from './random'
import type { Lane, Owner, Scheduler } from './scheduler'
import { type Call, FINE, garbled, type Rule, refusals, retryAfter, type Weather } from './weather'
import { responseOf, streamResponse, type WireAnswer } from './wire-answer'

export type Asked = { readonly at: number; readonly call: Call; readonly what: string }

/** The process that asks. */
export type Caller = { readonly isAlive: boolean; onDeath(then: () => void): void }

export type NetworkParts = {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly portal: SimulatedPortal
  readonly door: PortalDoor
  readonly portalClock: () => number
  readonly agent: Agent
  readonly owner: Owner
}

/** Longer than the engine's patience, and still within a story. */
const TOO_SLOW_MS = 45_000
/** Rows of earlier pages that a shuffled one has besides. */
const OLD_ROWS = 10

type Page = { readonly records: readonly WireRecord[] }

/** One computer's way to the portal. */
export class Network {
  readonly #parts: NetworkParts
  /** The portal's work: not this computer's, and not asleep with it. */
  readonly #portalLane: Lane
  rule: Rule = FINE
  /** A command about this ticket makes the portal fail (500) or refuse the whole request (413). */
  poison: { readonly ticket: string; readonly as: '500' | '413' } | undefined
  /** Every request ever made. */
  readonly asked: Asked[] = []
  readonly #heard = new Map<string, PortalAnswer>()
  readonly #atFirst: readonly WireRecord[]
  /** Connections of before a sleep are dead, and nobody says so. */
  #sleeps = 0
  readonly #streams = new Set<SimulatedStream>()

  constructor(parts: NetworkParts) {
    this.#parts = parts
    this.#portalLane = parts.scheduler.lane(`portal for ${parts.agent.id}`)
    this.#atFirst = [...parts.portal.records.values()]
  }

  /** The computer falls asleep: whatever is open dies without a word. */
  fallAsleep(): void {
    this.#sleeps += 1
    for (const stream of this.#streams) stream.leave()
    this.#streams.clear()
  }

  fetch(url: string, init: RequestInit, caller: Caller): Promise<Response> {
    const { scheduler, owner, door } = this.#parts
    const { pathname, searchParams } = new URL(url.replace('portal://api', 'http://portal'))
    const call = pathname.replace('/v1/', '') as Call
    const body = typeof init.body === 'string' ? init.body : undefined
    this.asked.push({ at: scheduler.now, call, what: `${call} ${searchParams} ${body ?? ''}` })
    const weather = this.#weatherFor(call, body)
    const lane = scheduler.lane(call, owner)
    const sleeps = this.#sleeps
    return new Promise((resolve, reject) => {
      const arrive = (task: () => void): void =>
        scheduler.push(lane, () => {
          if (caller.isAlive && sleeps === this.#sleeps) task()
        })
      const reset = (): void => arrive(() => reject(new TypeError('Failed to fetch')))
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      if (weather === 'off' || weather === 'request lost' || door.isDown) return reset()
      // On its way, whatever becomes of who sent it.
      scheduler.push(this.#portalLane, () => {
        if (door.isDown) return reset()
        const { run } = door
        const isStream = call === 'stream' && weather === 'fine' && door.isOffered
        if (isStream && !init.signal?.aborted) {
          const response = this.#openStream(lane, caller, init.signal ?? undefined)
          return arrive(() => resolve(response))
        }
        const answer = this.#wireAnswer(call, searchParams, body, weather)
        if (weather === 'no answer') return
        if (weather === 'answer lost') return reset()
        const back = (): void =>
          run === door.run ? arrive(() => resolve(responseOf(answer, arrive, init.signal))) : reset()
        if (weather === 'too slow') scheduler.after(TOO_SLOW_MS, this.#portalLane, back)
        else scheduler.push(this.#portalLane, back)
      })
    })
  }

  #weatherFor(call: Call, body: string | undefined): Weather {
    const { rule, poison } = this
    if (call === 'commands' && poison && body?.includes(`"target":"${poison.ticket}"`)) return poison.as
    if (rule.only !== undefined && rule.only !== call) return 'fine'
    if (rule.share !== undefined && !this.#parts.random.chance(rule.share)) return 'fine'
    return rule.weather
  }

  #openStream(lane: Lane, caller: Caller, signal: AbortSignal | undefined): Response {
    const { scheduler, door } = this.#parts
    const stream = new SimulatedStream({ scheduler, lane, door, signal })
    this.#streams.add(stream)
    caller.onDeath(() => stream.leave())
    return streamResponse(stream.body, [this.#time(), ['content-type', 'text/event-stream']])
  }

  #wireAnswer(call: Call, query: URLSearchParams, body: string | undefined, weather: Weather): WireAnswer {
    const { status, json } = this.#ask(call, query, body, weather)
    const headers = [this.#time(), ...retryAfter(weather, this.#parts.portalClock())]
    const answer = { status, body: json === undefined ? '' : JSON.stringify(json), headers }
    return weather in garbled ? garbled[weather as keyof typeof garbled](answer) : answer
  }

  #ask(call: Call, query: URLSearchParams, body: string | undefined, weather: Weather): PortalAnswer {
    const { portal, agent } = this.#parts
    if (weather in refusals) return refusals[weather as keyof typeof refusals]
    if (call === 'stream') return problem(404, 'no-stream', 'no stream here')
    const question = `${call}?${query}`
    const isPage = call === 'changes' || call === 'bootstrap'
    const known = isPage && weather === 'repeated pages' ? this.#heard.get(question) : undefined
    if (known) return known
    if (weather === 'sent twice') portal.answer(agent, call, query, body)
    const answer = portal.answer(agent, call, query, body)
    if (!isPage || answer.status !== 200) return answer
    const shuffled = weather === 'shuffled pages' ? this.#shuffled(call, answer) : answer
    this.#heard.set(question, answer)
    return shuffled
  }

  /** Every row of it, with older ones in between: of the same records, and of any that are there when only news are asked for. */
  #shuffled(call: Call, answer: PortalAnswer): PortalAnswer {
    const { records, ...rest } = answer.json as Page
    const versions = new Map(records.map(({ kind, id, version }) => [`${kind}/${id}`, version]))
    const heard = [
      ...this.#atFirst,
      ...[...this.#heard.values()].flatMap(({ json }) => (json as Page).records),
    ]
    const older = heard.filter(({ kind, id, version }) => {
      const key = `${kind}/${id}`
      const now = call === 'changes' ? this.#parts.portal.records.get(key) : undefined
      const newest = versions.get(key) ?? (now?.value === undefined ? 0 : now.version)
      return version <= newest
    })
    const some = this.#parts.random.shuffled(older).slice(0, OLD_ROWS)
    return {
      status: answer.status,
      json: { ...rest, records: this.#parts.random.shuffled([...records, ...some]) },
    }
  }

  #time(): readonly [string, string] {
    return [SERVER_TIME_HEADER, new Date(this.#parts.portalClock()).toISOString()]
  }
}
