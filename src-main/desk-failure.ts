/** An expected failure of a call: its code and message reach the window. Anything else that is thrown is a bug. */
export class DeskFailure extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DeskFailure'
    this.code = code
  }
}
