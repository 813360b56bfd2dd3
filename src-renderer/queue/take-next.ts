import { nextUp } from '#shared/queue/next-up'
import type { DeskStore } from '../store/desk-store'
import { openTicket, toast, useScreen } from '../ui/screen-state'
import { planFor, runPlan } from './bulk/run-bulk'

/** Takes the most urgent ticket that is mine to take: claims it, opens it, and says why it is this one. */
export async function takeNext(desk: DeskStore): Promise<void> {
  const { openId } = useScreen.getState()
  const found = nextUp(desk.rows.values(), desk.me, desk.now(), new Set(openId === undefined ? [] : [openId]))
  if (!found) {
    toast(
      openId === undefined
        ? 'Nothing is yours to take: what is nobody’s in your region, and what owes a word, comes first.'
        : 'Nothing else is yours to take.',
    )
    return
  }
  const { row, isMine, why } = found
  openTicket(row.id)
  if (isMine) {
    toast(`Next up: ${why}`)
    return
  }
  const action = { type: 'claim' } as const
  await runPlan(desk, action, planFor(desk, action, [row]), `Claimed ${row.number}: ${why}`)
}
