import type { Unfinished } from '../store/desk-store'

/**
 * What waits on this computer, such as "2 changes not sent, 1 refused and 3 drafts"; `undefined` when nothing does.
 */
export function unfinishedInWords({ unsent, parked, drafts }: Unfinished): string | undefined {
  const parts = [
    unsent > 0 && `${counted(unsent, 'change')} not sent`,
    parked > 0 && (unsent > 0 ? `${parked} refused` : `${counted(parked, 'change')} refused`),
    drafts > 0 && counted(drafts, 'draft'),
  ].filter((part) => part !== false)
  const last = parts.pop()
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last
}

function counted(n: number, thing: string): string {
  return `${n} ${n === 1 ? thing : `${thing}s`}`
}
