/** A step that could not be done: what is wrong, and what the person at the keyboard can do about it. */
export class SetupError extends Error {
  /**
   * @param {string} message names the thing that failed
   * @param {string} remedy what to do, best a command to copy
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, remedy, options) {
    super(message, options)
    this.name = 'SetupError'
    this.remedy = remedy
  }
}
