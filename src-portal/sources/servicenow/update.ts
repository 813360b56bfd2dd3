import { type Channel, channelSchema } from '#shared/sla/events'
import type { Priority, Status } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import { parseLogTime } from './log-time'
import type { LogRow } from './parse'
import type { Remark } from './remark'

/** A row that makes sense: the incident as it was after one update. */
export type Update = {
  readonly row: number
  readonly number: string
  readonly at: Instant
  readonly modCount: number
  readonly status: Status
  readonly priority: Priority
  readonly openedAt: Instant | undefined
  readonly createdAt: Instant | undefined
  readonly resolvedAt: Instant | undefined
  readonly get: LogRow['get']
}

const STATUS: { readonly [state: string]: Status } = {
  new: 'open',
  active: 'open',
  'in progress': 'open',
  'awaiting user info': 'waiting-on-customer',
  'awaiting vendor': 'on-hold',
  'awaiting problem': 'on-hold',
  'awaiting evidence': 'on-hold',
  resolved: 'solved',
  closed: 'closed',
}

const PRIORITY: { readonly [digit: string]: Priority } = { '1': 'P1', '2': 'P2', '3': 'P3', '4': 'P4' }

/** How the incident was reported; what the product has no channel for came through the self-service portal's door. */
export function channelOf(contactType: string | undefined): Channel {
  const type = contactType?.toLowerCase() ?? ''
  if (type === 'ivr') return 'phone'
  if (type === 'e-mail') return 'email'
  return channelSchema.safeParse(type).data ?? 'portal'
}

/**
 * Reads one row. A row whose state, priority or time can't be read is left out as a whole: the next row repeats
 * everything that still holds, so that only the time of one change is lost.
 */
export function readUpdate(
  { row, get }: LogRow,
  zone: string,
): { readonly update: Update } | { readonly remark: Remark } {
  const number = get('number')
  const leftOut = (field: string, reason: string): { remark: Remark } => ({
    remark: { outcome: 'left-out', row, incident: number ?? '', field, value: get(field) ?? '?', reason },
  })
  if (!number) return leftOut('number', 'is missing: the row belongs to no incident')
  if (!/^[\w.-]{1,40}$/.test(number)) return leftOut('number', 'is no incident number')
  const status = STATUS[get('incident_state')?.toLowerCase() ?? '']
  if (!status) return leftOut('incident_state', 'is no state that ServiceNow has for incidents')
  const priority = PRIORITY[/^(\d)(?: - .*)?$/.exec(get('priority') ?? '')?.[1] ?? '']
  if (!priority) return leftOut('priority', 'is none of 1 - Critical, 2 - High, 3 - Moderate, 4 - Low')
  const time = (column: string) => {
    const text = get(column)
    return text === undefined ? undefined : parseLogTime(text, zone)
  }
  const at = time('sys_updated_at')
  if (at === undefined) return leftOut('sys_updated_at', 'is no date and time of the form dd-mm-yyyy hh:mm')
  const modCount = Number(get('sys_mod_count') ?? Number.NaN)
  if (!Number.isInteger(modCount) || modCount < 0) return leftOut('sys_mod_count', 'is no count of updates')
  return {
    update: {
      row,
      number,
      at,
      modCount,
      status,
      priority,
      openedAt: time('opened_at'),
      createdAt: time('sys_created_at'),
      resolvedAt: time('resolved_at'),
      get,
    },
  }
}
