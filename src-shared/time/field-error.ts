/**
 * Input that a rule refuses. `field` is the path of the value at fault, such as `pauses[1]` or `week.mon[0]`;
 * `problem` says what is wrong with it and, where that helps, what would be right.
 */
export class FieldError extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`)
    this.name = 'FieldError'
  }
}
