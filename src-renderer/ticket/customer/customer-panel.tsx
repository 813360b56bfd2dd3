import { IconBook2, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { planLabel, targetLabel } from '#shared/queue/labels'
import { targetNameSchema } from '#shared/sla/policy'
import type { TicketView } from '../../store/desk-store'
import { useActions } from '../../ui/actions'
import { PlanBadge } from '../../ui/marks'
import { toastProblem } from '../../ui/screen-state'
import { calendarName } from '../../ui/show-time'
import { targetText } from '../../ui/target-text'
import { useDesk } from '../../ui/use-desk'
import { OutsideLink } from '../outside-link'
import { Contacts } from './contacts'
import styles from './customer.module.css'
import { helpPlaces } from './help-places'
import { LocalTime } from './local-time'
import { NoticesOfCustomer } from './notices-of-customer'
import { OtherTickets } from './other-tickets'

const ICONS = [IconBook2, IconUsers]

/** Who the customer is and what they are entitled to, what else concerns them now, and where to look things up. */
export function CustomerPanel({ view }: { readonly view: TicketView }) {
  const desk = useDesk()
  const { ticket, organization, requester } = view
  const policy = desk.policy(ticket.policyId)
  const calendar = desk.calendar(organization?.calendarId ?? ticket.calendarId)
  const places = useMemo(() => helpPlaces(ticket.subject), [ticket.subject])
  useActions(
    places.map(({ name, url }) => ({
      id: `ticket.help.${name}`,
      label: `Look it up: ${name}`,
      section: 'Ticket',
      words: 'help search guide',
      run: () => void window.desk.app.openExternal({ url }).catch(toastProblem),
    })),
  )
  return (
    <section className={styles.panel} aria-label="Customer">
      <NoticesOfCustomer organizationId={ticket.organizationId} openedAt={ticket.createdAt} />
      <div className={styles.head}>
        <h3 className={styles.name}>{organization?.name ?? view.row.customer}</h3>
        <PlanBadge plan={ticket.plan} />
      </div>
      <dl className={styles.facts}>
        {policy && (
          <Fact name={`${planLabel(ticket.plan)}, ${ticket.priority}`}>
            {targetNameSchema.options.map((name) => (
              <span key={name} className={styles.promise}>
                {targetLabel(name)} <b>{targetText(policy.targets[name][ticket.priority][ticket.plan])}</b>
              </span>
            ))}
          </Fact>
        )}
        {organization && organization.plan !== ticket.plan && (
          <Fact name="Plan now">
            {planLabel(organization.plan)}: it counts for tickets opened from now on, this one keeps{' '}
            {planLabel(ticket.plan)}
          </Fact>
        )}
        <Fact name="Region">{ticket.region}</Fact>
        {calendar && (
          <Fact name="Their time">
            <LocalTime zone={organization?.zone ?? calendar.zone} calendar={calendar} />
          </Fact>
        )}
        {calendar && (
          <Fact name="Calendar">
            {calendarName(calendar)}
            {organization && organization.calendarId !== ticket.calendarId && (
              <span className={styles.quiet}>
                , this ticket keeps{' '}
                {calendarName(desk.calendar(ticket.calendarId) ?? { id: ticket.calendarId, name: undefined })}
              </span>
            )}
          </Fact>
        )}
        {!organization && (
          <Fact name="Customer">Not on this desk yet; what is known of the ticket is shown.</Fact>
        )}
      </dl>
      <Contacts organizationId={ticket.organizationId} requesterId={requester?.id} />
      <OtherTickets
        organizationId={ticket.organizationId}
        ticketId={ticket.id}
        customer={view.row.customer}
      />
      <div className={styles.part}>
        <h4 className={styles.title}>Look it up</h4>
        <ul className={styles.places}>
          {places.map(({ name, url }, position) => {
            const Icon = ICONS[position] ?? IconBook2
            return (
              <li key={name}>
                <Icon size={14} aria-hidden /> <OutsideLink url={url}>{name}</OutsideLink>
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
