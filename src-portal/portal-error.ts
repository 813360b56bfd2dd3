/** An expected failure of the portal's set-up or command line: its message names the thing and the remedy. */
export class PortalError extends Error {
  override readonly name = 'PortalError'
}
