import { IconUnlink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { targetLabel } from '#shared/queue/labels'
import { targetNameSchema } from '#shared/sla/policy'
import type { Escalation, ProductIssue } from '#shared/tickets/ticket'
import type { TicketView } from '../store/desk-store'
import { Age } from '../ui/age'
import { toastProblem } from '../ui/screen-state'
import { cityOf, dayAndTime, exactTime, timeIn } from '../ui/show-time'
import { useDesk } from '../ui/use-desk'
import styles from './carried.module.css'
import { LinkedText } from './linked-text'
import { NamedLink } from './outside-link'
import { PromiseCountdown } from './promise-countdown'
import { TicketLink } from './ticket-link'

/** All of what the ticket carries, in full. */
export function CarriedDetails({ id, view }: { readonly id: string; readonly view: TicketView }) {
  const desk = useDesk()
  const { ticket, organization } = view
  const {
    mergedInto,
    escalation,
    promisedAt,
    courseOfAction,
    workaround,
    productIssues = [],
    excused,
  } = ticket
  const moves = ticket.slaEvents.filter(({ type }) => type === 'proposed').length - 1
  const zone = organization?.zone
  const there = zone === undefined || promisedAt === undefined ? undefined : timeIn(zone, promisedAt)
  return (
    <dl id={id} className={styles.details}>
      {mergedInto !== undefined && (
        <Row name="Merged">
          into <TicketLink id={mergedInto} />: work goes on there
        </Row>
      )}
      {escalation && <EscalationRow escalation={escalation} />}
      {promisedAt !== undefined && (
        <Row name="Update promised">
          <PromiseCountdown at={promisedAt} />{' '}
          <span className="digits" data-tip={exactTime(promisedAt)}>
            by {dayAndTime(promisedAt, desk.now())}
          </span>
          {there && zone && (
            <span className={`${styles.quiet} digits`}>
              , {there} in {cityOf(zone)}
            </span>
          )}
        </Row>
      )}
      {courseOfAction && (
        <Row name="Course of action">
          <b className="digits" data-tip={exactTime(courseOfAction.dueAt)}>
            {dayAndTime(courseOfAction.dueAt, desk.now())}
          </b>{' '}
          {moves > 0 && <span className={styles.moved}>moved {moves === 1 ? 'once' : `${moves} times`}</span>}{' '}
          <LinkedText text={courseOfAction.text} />
        </Row>
      )}
      {workaround && (
        <Row name="Workaround">
          <LinkedText text={workaround.text} />
        </Row>
      )}
      {targetNameSchema.options.map((name) => {
        const one = excused?.[name]
        return (
          one && (
            <Row key={name} name="Excused">
              {targetLabel(name)}, by {desk.agent(one.byId)?.name ?? one.byId} <Age at={one.at} ago />
              <span className={styles.quiet}>: “{one.reason}”</span>
            </Row>
          )
        )
      })}
      {productIssues.map((issue) => (
        <IssueRow key={issue.key} issue={issue} ticketId={ticket.id} />
      ))}
    </dl>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.row}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function EscalationRow({ escalation }: { readonly escalation: Escalation }) {
  const desk = useDesk()
  const { state, to, at, byId, answeredById, answeredAt, reason } = escalation
  const nameOf = (id: string) => (id === desk.me.id ? 'you' : (desk.agent(id)?.name ?? id))
  return (
    <Row name="Escalated">
      to the backline of <b>{to}</b> by {nameOf(byId)} <Age at={at} ago />
      {state === 'offered' ? (
        ', not accepted yet'
      ) : (
        <>
          , {state} by {answeredById === undefined ? to : nameOf(answeredById)}{' '}
          {answeredAt !== undefined && <Age at={answeredAt} ago />}
        </>
      )}
      {reason && <span className={styles.quiet}>: “{reason}”</span>}
    </Row>
  )
}

function IssueRow({ issue, ticketId }: { readonly issue: ProductIssue; readonly ticketId: string }) {
  const desk = useDesk()
  const { key, url, state, checkAt } = issue
  const unlink = () => desk.run({ type: 'unlink-product-issue', target: ticketId, key }).catch(toastProblem)
  return (
    <Row name="Product issue">
      <NamedLink url={url} name={key} /> <span className={styles.state}>{state}</span>
      {checkAt !== undefined && (
        <span className={`${styles.quiet} digits`}> next check {dayAndTime(checkAt, desk.now())}</span>
      )}
      <button
        type="button"
        className={styles.unlink}
        aria-label={`Unlink ${key}`}
        data-tip="Unlink"
        onClick={unlink}
      >
        <IconUnlink size={14} aria-hidden />
      </button>
    </Row>
  )
}
