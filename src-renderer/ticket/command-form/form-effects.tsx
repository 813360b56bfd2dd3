import { prioritySchema, targetNameSchema } from '#shared/sla/policy'
import type { TicketCommandType } from '#shared/tickets/command'
import type { TicketView } from '../../store/desk-store'
import { EffectOnTarget, Effects } from '../../ui/effect-on-target'
import { useDesk } from '../../ui/use-desk'
import styles from './command-form.module.css'
import { proposalEffect, usePriorityEffect, useSecond } from './effects-of'
import { type Values, zoneOf } from './form-values'
import { readWhen, type Zones } from './read-when'

type Props = {
  readonly type: TicketCommandType
  readonly values: Values
  readonly view: TicketView
  readonly zones: Zones
}

/** Whether this command moves a target, so that its effect is shown first. */
export function hasEffect(type: TicketCommandType): boolean {
  return type === 'set-priority' || type === 'propose-course-of-action'
}

/** What the filled-in form would do to the targets, before it is saved (sla.md §6). */
export function FormEffects({ type, values, view, zones }: Props) {
  if (type === 'set-priority') return <OfPriority priority={values.priority} view={view} />
  if (type === 'propose-course-of-action') return <OfPlan values={values} view={view} zones={zones} />
  return null
}

function OfPriority({
  priority,
  view,
}: {
  readonly priority: string | undefined
  readonly view: TicketView
}) {
  const chosen = prioritySchema.safeParse(priority)
  const isOther = chosen.success && chosen.data !== view.ticket.priority
  const effect = usePriorityEffect(view, isOther ? chosen.data : undefined)
  const now = useSecond()
  if (!effect) return null
  return (
    <Effects>
      {targetNameSchema.options.map((name) => (
        <EffectOnTarget key={name} name={name} effect={effect[name]} now={now} />
      ))}
    </Effects>
  )
}

function OfPlan({ values, view, zones }: Omit<Props, 'type'>) {
  const desk = useDesk()
  const now = useSecond()
  const ticket = view.confirmed
  const policy = desk.policy(ticket.policyId)
  const calendar = desk.calendar(ticket.calendarId)
  const dueAt = readWhen(values.dueAt ?? '', zoneOf('dueAt', values, zones), now)
  const { priority } = ticket
  const isDeadline = policy?.targets.resolution[priority][ticket.plan].kind === 'proposed'
  if (!isDeadline) {
    return (
      <p className={styles.aside}>
        The contract sets the resolution of a {priority}: this date is kept beside it and moves no deadline.
      </p>
    )
  }
  if (!calendar || dueAt === undefined || dueAt <= now) {
    return <p className={styles.aside}>The date becomes the deadline of the resolution of this {priority}.</p>
  }
  const effect = proposalEffect({ ticket, dueAt, actor: desk.me, policy, calendar, now })
  return (
    <Effects>
      <EffectOnTarget name="resolution" effect={effect} now={now} />
    </Effects>
  )
}
