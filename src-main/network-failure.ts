import type { PortalProblem } from './portal-problem'

type Failure = { readonly code: PortalProblem; readonly reason: string }

const reasons: readonly (readonly [RegExp, string])[] = [
  [/ERR_NAME_NOT_RESOLVED/, 'there is no such host name'],
  [/ERR_CONNECTION_REFUSED|ECONNREFUSED/, 'nothing answers there'],
  [/ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_CONNECTION_CLOSED/, 'the connection was cut'],
  [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_ADDRESS_UNREACHABLE/, 'this machine is offline'],
  [/ERR_PROXY|ERR_TUNNEL/, 'the proxy did not let it through'],
  [/ERR_SSL|ERR_BAD_SSL/, 'it does not speak https'],
  [/ERR_UNSAFE_PORT/, 'this port is not allowed'],
]

/** Puts an error of the network stack into words. Never shows the error itself: it may quote headers. */
export function networkFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : ''
  if (/redirect/i.test(text)) return { code: 'redirected', reason: 'it redirects to another address' }
  if (/ERR_CERT/.test(text)) return { code: 'certificate', reason: 'its certificate is not trusted' }
  if (/ERR_CONNECTION_TIMED_OUT|ERR_TIMED_OUT/.test(text)) {
    return { code: 'timeout', reason: 'it did not answer in time' }
  }
  const known = reasons.find(([pattern]) => pattern.test(text))
  const code = /ERR_[A-Z_]+/.exec(text)?.[0]
  return {
    code: 'unreachable',
    reason: known?.[1] ?? (code ? `the network says ${code}` : 'the connection failed'),
  }
}
