/** What the import could not use, or used in another way than written. */
export type Remark = {
  /** `left-out`: the row has no effect. `mended`: the row counts, but this field was taken from elsewhere. */
  readonly outcome: 'left-out' | 'mended'
  /** Line in the file, the header being 1. */
  readonly row: number
  readonly incident: string
  readonly field: string
  readonly value: string
  readonly reason: string
}
