import type { SlaReport } from '../sla/report'
import type { Instant } from '../time/instant'

/** From this share of a target on, a ticket counts as at risk. */
const AT_RISK_SHARE = 0.75

/** Whether a target has breached and is still open, or three quarters of one are used up: the badge's number. */
export function isAtRisk(report: SlaReport, now: Instant): boolean {
  return (['firstResponse', 'resolution'] as const).some((target) => {
    if (report[target].state === 'breached') return true
    return report.thresholdsAt[target].some(({ share, at }) => share >= AT_RISK_SHARE && at <= now)
  })
}
