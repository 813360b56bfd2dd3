/** The disk took nothing; what was to be written is as it was before. For the person. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError'
  constructor(cause: unknown) {
    super('the disk is full: free some space and try again', { cause })
  }
}

/** Whether a database failed for want of space; Dexie wraps the quota's error in an AbortError. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof DiskFullError || String(error).includes('QuotaExceeded')
}
