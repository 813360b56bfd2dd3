import { useMemo } from 'react'
import { statusLabel } from '#shared/queue/labels'
import { Avatar, PriorityMark } from '../../ui/marks'
import { SearchList, type SearchOption } from '../../ui/search-list'
import { useDesk, useLive } from '../../ui/use-desk'
import type { FieldProps } from './field-control'
import { NOBODY } from './form-values'
import { knownAgents } from './known-people'

const ROLE = { l1: 'L1', backline: 'Backline', supervisor: 'Supervisor' } as const

/** Whom to give it to: me, my region, the others; or nobody. */
export function AgentField({ field, values, problem, view, onChange }: FieldProps) {
  const desk = useDesk()
  const { me } = desk
  const shared = useLive(desk.shared)
  const owner = view.ticket.assigneeId
  const options = useMemo(() => {
    const near = (region: string) => (region === me.region ? 0 : 1)
    const people = knownAgents(me, shared)
      .filter(({ id }) => id !== owner)
      .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || near(a.region) - near(b.region))
      .map(
        ({ id, name, role, region, email }): SearchOption => ({
          value: id,
          label: id === me.id ? `${name} (me)` : name,
          detail: `${ROLE[role]}, ${region}`,
          sign: <Avatar name={name} kind={id === me.id ? 'me' : 'agent'} />,
          words: `${name} ${email} ${ROLE[role]} ${region}${id === me.id ? ' me' : ''}`.toLowerCase(),
        }),
      )
    const nobody: SearchOption = {
      value: NOBODY,
      label: 'Nobody',
      detail: 'back to the unassigned',
      sign: <Avatar name="–" kind="automation" />,
      words: 'nobody unassigned none',
    }
    return owner === undefined ? people : [...people, nobody]
  }, [me, shared, owner])
  return (
    <SearchList
      label={field.label}
      options={options}
      value={values[field.name] ?? ''}
      onChange={(value) => onChange(field.name, value)}
      placeholder="A name, a role or a region"
      nothing="Nobody else works in this workspace."
      problem={problem}
    />
  )
}

/** Another ticket of the same customer that isn't closed, the one touched last first. */
export function TicketField({ field, values, problem, view, onChange }: FieldProps) {
  const desk = useDesk()
  const { id, customer } = view.row
  const options = useMemo(
    () =>
      [...desk.rows.values()]
        .filter((row) => row.customer === customer && row.id !== id && row.status !== 'closed')
        .sort((a, b) => b.updatedAt - a.updatedAt)
        .map(
          (row): SearchOption => ({
            value: row.id,
            label: `${row.number}  ${row.subject}`,
            detail: statusLabel(row.status),
            sign: <PriorityMark priority={row.priority} />,
            words: `${row.number} ${row.subject} ${row.priority} ${row.tags.join(' ')}`.toLowerCase(),
          }),
        ),
    [desk, id, customer],
  )
  return (
    <SearchList
      label={field.label}
      description={`Open tickets of ${customer}`}
      options={options}
      value={values[field.name] ?? ''}
      onChange={(value) => onChange(field.name, value)}
      placeholder="A number or words of the subject"
      nothing={`${customer} has no other open ticket.`}
      problem={problem}
    />
  )
}
