import {
  IconArrowMerge,
  IconBellRinging,
  IconCalendarCheck,
  IconChevronDown,
  IconCircleArrowUp,
  IconLink,
  IconShieldCheck,
  IconTool,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { targetLabel } from '#shared/queue/labels'
import { targetNameSchema } from '#shared/sla/policy'
import type { Escalation } from '#shared/tickets/ticket'
import type { TicketView } from '../store/desk-store'
import { type Action, useActions } from '../ui/actions'
import { Age } from '../ui/age'
import { showCarried, toastProblem, useScreen } from '../ui/screen-state'
import { dayAndTime, exactTime } from '../ui/show-time'
import { useDesk } from '../ui/use-desk'
import styles from './carried.module.css'
import { CarriedDetails } from './carried-details'
import { EscalationAnswers } from './escalation-answers'
import { PromiseCountdown } from './promise-countdown'
import { TicketLink } from './ticket-link'

/** What the ticket carries with it until it is done: promises, plans, what it waits for and who was asked. */
export function Carried({ view }: { readonly view: TicketView }) {
  const isShown = useScreen((state) => state.isCarriedShown)
  const id = useId()
  const {
    mergedInto,
    escalation,
    promisedAt,
    courseOfAction,
    workaround,
    productIssues = [],
    excused,
  } = view.ticket
  const desk = useDesk()
  const now = desk.now()
  const target = view.ticket.id
  useActions([
    {
      id: 'ticket.carried',
      label: 'What the ticket carries, in full',
      section: 'Ticket',
      words: 'escalation promise plan course of action workaround product issue details',
      run: () => showCarried(!useScreen.getState().isCarriedShown),
    },
    ...productIssues.map(
      ({ key }): Action => ({
        id: `ticket.unlink.${key}`,
        label: `Unlink ${key}`,
        section: 'Commands',
        words: 'product issue remove',
        run: () => void desk.run({ type: 'unlink-product-issue', target, key }).catch(toastProblem),
      }),
    ),
  ])
  const chips = [
    mergedInto !== undefined && (
      <Chip key="merged" icon={IconArrowMerge}>
        Merged into <TicketLink id={mergedInto} />
      </Chip>
    ),
    escalation && (
      <Chip key="escalation" icon={IconCircleArrowUp} tone={escalation.state}>
        <EscalationWords escalation={escalation} />
      </Chip>
    ),
    promisedAt !== undefined && (
      <Chip key="promise" icon={IconBellRinging} tip={`Update promised by ${exactTime(promisedAt)}`}>
        Update <PromiseCountdown at={promisedAt} />
      </Chip>
    ),
    courseOfAction && (
      <Chip key="plan" icon={IconCalendarCheck} tip={`Course of action: ${courseOfAction.text}`}>
        Plan <span className="digits">{dayAndTime(courseOfAction.dueAt, now)}</span>
      </Chip>
    ),
    workaround && (
      <Chip key="workaround" icon={IconTool} tip={workaround.text}>
        Workaround
      </Chip>
    ),
    ...targetNameSchema.options
      .filter((name) => excused?.[name])
      .map((name) => (
        <Chip key={`excused ${name}`} icon={IconShieldCheck} tip={excused?.[name]?.reason}>
          {targetLabel(name)} excused
        </Chip>
      )),
    ...productIssues.map(({ key, state }) => (
      <Chip key={`issue ${key}`} icon={IconLink}>
        {key} <span className={styles.quiet}>{state}</span>
      </Chip>
    )),
  ].filter(Boolean)
  if (chips.length === 0) return null
  return (
    <section className={styles.carried} aria-label="What the ticket carries">
      <div className={styles.summary}>
        {!isShown && <ul className={styles.chips}>{chips}</ul>}
        {isShown && <h3 className={styles.title}>What the ticket carries</h3>}
        <EscalationAnswers view={view} />
        <button
          type="button"
          className={styles.toggle}
          aria-label="Details"
          aria-expanded={isShown}
          aria-controls={id}
          data-tip={isShown ? 'Less' : 'Details'}
          onClick={() => showCarried(!isShown)}
        >
          <IconChevronDown size={14} aria-hidden />
        </button>
      </div>
      {isShown && <CarriedDetails id={id} view={view} />}
    </section>
  )
}

type ChipProps = {
  readonly icon: TablerIcon
  readonly tone?: Escalation['state']
  readonly tip?: string | undefined
  readonly children: ReactNode
}

function Chip({ icon: Icon, tone, tip, children }: ChipProps) {
  return (
    <li className={styles.chip} data-tone={tone} data-tip={tip}>
      <Icon size={14} aria-hidden />
      <span className={styles.chipText}>{children}</span>
    </li>
  )
}

function EscalationWords({ escalation }: { readonly escalation: Escalation }) {
  const { state, to, at, answeredAt } = escalation
  switch (state) {
    case 'offered':
      return (
        <>
          Offered to {to} <Age at={at} ago />
        </>
      )
    case 'accepted':
    case 'returned':
      return (
        <>
          {state === 'accepted' ? 'Accepted by' : 'Returned by'} {to} <Age at={answeredAt ?? at} ago />
        </>
      )
  }
}
