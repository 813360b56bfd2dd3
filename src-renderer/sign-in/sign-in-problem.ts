import type { signInErrorCodes } from '#shared/ipc'

export type Field = 'url' | 'token' | 'form'
type Code = (typeof signInErrorCodes)[number]

const FIELD = {
  'bad-url': 'url',
  'insecure-url': 'url',
  unreachable: 'url',
  'not-a-portal': 'url',
  'bad-token': 'token',
  'newer-protocol': 'form',
  'portal-failed': 'form',
} as const satisfies Record<Code, Field>

/** Where in the form a failed sign-in is told; a code from elsewhere belongs to the form as a whole. */
export function fieldOfProblem(code: string): Field {
  return Object.hasOwn(FIELD, code) ? FIELD[code as Code] : 'form'
}
