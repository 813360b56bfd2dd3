import { waitAfterFailure } from '#shared/sync/backoff'
import type { Instant } from '#shared/time/instant'
import { isDiskFull } from '../store/disk-full'
import type { EngineWorld } from './engine-world'
import type { Failure } from './portal-client'
import type { StatusBoard } from './status-board'

type PortalFailure = Exclude<Failure, { kind: 'stopped' }>

export type PullFailuresInput = {
  readonly world: Pick<EngineWorld, 'random'>
  readonly board: Pick<StatusBoard, 'offline'>
  /** Corrected time. */
  readonly now: () => Instant
  /** Of a desk that is being stopped nothing is said any more. */
  readonly signal: AbortSignal
}

/** Failures since the last pull that succeeded: each is said in the status and waited out longer than the one before. */
export class PullFailures {
  readonly #input: PullFailuresInput
  #inARow = 0

  constructor(input: PullFailuresInput) {
    this.#input = input
  }

  isAny(): boolean {
    return this.#inARow > 0
  }

  /** A pull succeeded, or nothing is to wait any more. */
  forget(): void {
    this.#inARow = 0
  }

  /** @returns ms until the portal may be asked again */
  ofPortal(failure: PortalFailure): number {
    const retryAfterMs = failure.kind === 'offline' ? failure.retryAfterMs : undefined
    return this.#said(failureInWords(failure), retryAfterMs)
  }

  /** A failing database (a full disk) is said and tried again like a failing portal. @returns ms until the next try */
  ofDatabase(error: unknown): number {
    if (this.#input.signal.aborted) return 0
    return this.#said(`this computer's database: ${errorInWords(error)}`)
  }

  #said(problem: string, retryAfterMs?: number): number {
    const { world, board, now } = this.#input
    this.#inARow += 1
    const wait = waitAfterFailure({ failures: this.#inARow, random: world.random(), retryAfterMs })
    board.offline(now(), problem, now() + wait)
    return wait
  }
}

function failureInWords(failure: PortalFailure): string {
  if (failure.kind === 'unauthorised')
    return 'the portal knows this sign-in and refuses it all the same (401)'
  if (failure.kind === 'gone') return 'the portal calls this position in its feed too old'
  return failure.message
}

/** Why something on this computer could not be done. */
export function errorInWords(error: unknown): string {
  if (isDiskFull(error)) return 'the disk is full; free some space, and it goes on by itself'
  return error instanceof Error ? error.message : String(error)
}
