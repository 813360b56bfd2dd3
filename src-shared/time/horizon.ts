import { FieldError } from './field-error'
import type { Instant } from './instant'

/**
 * Instants the engine reasons about: 1900 to 2199. Beyond them nobody knows the rules of a zone, and a target that
 * needs centuries is a mistake in a policy; refusing it is what keeps every search finite.
 */
export const EARLIEST: Instant = Date.UTC(1900, 0, 1)
export const LATEST: Instant = Date.UTC(2200, 0, 1)

/** @throws FieldError when `at` is not a whole number of milliseconds between 1900 and 2199 */
export function withinHorizon(at: Instant, field: string): Instant {
  if (Number.isInteger(at) && at >= EARLIEST && at < LATEST) return at
  throw new FieldError(field, 'must be an instant between the years 1900 and 2199')
}
