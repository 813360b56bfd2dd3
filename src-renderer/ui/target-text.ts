import { assertNever } from '#shared/assert-never'
import type { Target } from '#shared/sla/policy'

/** A target in as few words as a table has room for: `4 hours`, `2 business days`, `as proposed`. */
export function targetText(target: Target): string {
  switch (target.kind) {
    case 'clock':
      return hours(target.hours)
    case 'businessHours':
      return `${hours(target.hours)} of working time`
    case 'businessDays':
      return target.days === 1 ? '1 business day' : `${target.days} business days`
    case 'proposed':
      return 'as proposed'
    default:
      return assertNever(target, 'target')
  }
}

function hours(count: number): string {
  if (count < 1) return `${Number((count * 60).toFixed(1))} minutes`
  return count === 1 ? '1 hour' : `${Number(count.toFixed(2))} hours`
}
