import {
  IconArrowMerge,
  IconArrowUpCircle,
  IconBellRinging,
  IconCalendarCheck,
  IconLink,
  IconTool,
  IconUnlink,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ReactNode, useCallback, useState } from 'react'
import { countdownText } from '#shared/queue/countdown'
import type { Escalation, ProductIssue } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { TicketView } from '../store/desk-store'
import { Age } from '../ui/age'
import { LiveText } from '../ui/live-text'
import { toastProblem } from '../ui/screen-state'
import { dayAndTime, exactTime, timeIn } from '../ui/show-time'
import { useDesk } from '../ui/use-desk'
import styles from './carried.module.css'
import { EscalationAnswers } from './escalation-answers'
import { LinkedText } from './linked-text'
import { NamedLink } from './outside-link'
import { TicketLink } from './ticket-link'

/** What the ticket carries with it until it is done: promises, plans, what it waits for and who was asked. */
export function Carried({ view }: { readonly view: TicketView }) {
  const { ticket } = view
  const { mergedInto, escalation, promisedAt, courseOfAction, workaround, productIssues = [] } = ticket
  const rows = [
    mergedInto !== undefined && (
      <Row key="merged" icon={IconArrowMerge} name="Merged">
        into <TicketLink id={mergedInto} />: work goes on there
      </Row>
    ),
    escalation && <EscalationRow key="escalation" escalation={escalation} view={view} />,
    promisedAt !== undefined && <PromiseRow key="promise" at={promisedAt} view={view} />,
    courseOfAction && (
      <PlanRow key="plan" text={courseOfAction.text} dueAt={courseOfAction.dueAt} view={view} />
    ),
    workaround && (
      <Row key="workaround" icon={IconTool} name="Workaround">
        <Clamped text={workaround.text} />
      </Row>
    ),
    ...productIssues.map((issue) => (
      <IssueRow key={`issue ${issue.key}`} issue={issue} ticketId={ticket.id} />
    )),
  ].filter(Boolean)
  if (rows.length === 0) return null
  return (
    <section className={styles.carried} aria-label="What the ticket carries">
      {rows}
    </section>
  )
}

type RowProps = {
  readonly icon: TablerIcon
  readonly name: string
  readonly tone?: 'asked'
  readonly children: ReactNode
}

function Row({ icon: Icon, name, tone, children }: RowProps) {
  return (
    <div className={styles.row} data-tone={tone}>
      <Icon size={14} className={styles.icon} aria-hidden />
      <h3 className={styles.name}>{name}</h3>
      <div className={styles.what}>{children}</div>
    </div>
  )
}

function EscalationRow({ escalation, view }: { readonly escalation: Escalation; readonly view: TicketView }) {
  const desk = useDesk()
  const { state, to, at, byId, answeredById, answeredAt, reason } = escalation
  const nameOf = (id: string) => (id === desk.me.id ? 'you' : (desk.agent(id)?.name ?? id))
  if (state === 'offered') {
    return (
      <Row icon={IconArrowUpCircle} name="Escalated" tone="asked">
        Offered to <b>{to}</b> by {nameOf(byId)} <Age at={at} ago what="Offered" />, not accepted yet
        <EscalationAnswers view={view} />
      </Row>
    )
  }
  return (
    <Row icon={IconArrowUpCircle} name="Escalated">
      {state === 'accepted' ? 'Accepted' : 'Returned'} by{' '}
      {answeredById === undefined ? to : nameOf(answeredById)}
      {answeredAt !== undefined && (
        <>
          {' '}
          <Age at={answeredAt} ago />
        </>
      )}
      {reason && <span className={styles.quiet}>: “{reason}”</span>}
    </Row>
  )
}

function PromiseRow({ at, view }: { readonly at: Instant; readonly view: TicketView }) {
  const desk = useDesk()
  const zone = view.organization?.zone
  const there = zone === undefined ? undefined : timeIn(zone, at)
  return (
    <Row icon={IconBellRinging} name="Update promised">
      <LiveText
        className={styles.countdown}
        read={useCallback((now: Instant) => countdownText(at, now), [at])}
        tone={useCallback((now: Instant) => (now > at ? 'over' : at - now < 600_000 ? 'near' : 'calm'), [at])}
      />{' '}
      <span className="digits" data-tip={exactTime(at)}>
        by {dayAndTime(at, desk.now())}
      </span>
      {there && <span className={`${styles.quiet} digits`}>, {there} there</span>}
    </Row>
  )
}

type PlanProps = { readonly text: string; readonly dueAt: Instant; readonly view: TicketView }

function PlanRow({ text, dueAt, view }: PlanProps) {
  const desk = useDesk()
  const moves = view.ticket.slaEvents.filter(({ type }) => type === 'proposed').length - 1
  return (
    <Row icon={IconCalendarCheck} name="Course of action">
      <b className="digits" data-tip={exactTime(dueAt)}>
        {dayAndTime(dueAt, desk.now())}
      </b>
      {moves > 0 && (
        <span className={styles.moved} data-tip="How often its date was set anew">
          moved {moves === 1 ? 'once' : `${moves} times`}
        </span>
      )}{' '}
      <Clamped text={text} />
    </Row>
  )
}

function IssueRow({ issue, ticketId }: { readonly issue: ProductIssue; readonly ticketId: string }) {
  const desk = useDesk()
  const { key, url, state, checkAt } = issue
  const unlink = () => desk.run({ type: 'unlink-product-issue', target: ticketId, key }).catch(toastProblem)
  return (
    <Row icon={IconLink} name="Product issue">
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

/** One line of a longer text; a press shows all of it. */
function Clamped({ text }: { readonly text: string }) {
  const [isOpen, setIsOpen] = useState(false)
  const isLong = text.length > 60 || text.includes('\n')
  if (!isLong) return <LinkedText text={text} />
  return (
    <>
      <span className={isOpen ? styles.whole : styles.line}>
        {isOpen ? <LinkedText text={text} /> : text}
      </span>
      <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? 'less' : 'more'}
      </button>
    </>
  )
}
