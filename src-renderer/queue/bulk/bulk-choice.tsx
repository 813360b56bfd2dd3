import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { assertNever } from '#shared/assert-never'
import type { BulkAction } from '#shared/queue/bulk-action'
import { priorityLabel, statusLabel } from '#shared/queue/labels'
import type { QueueRow } from '#shared/queue/row'
import { type Priority, prioritySchema, type Status, statusSchema } from '#shared/sla/policy'
import { MAX_REASON } from '#shared/tickets/ticket'
import { Choices } from '../../ui/choices'
import { Avatar, PriorityMark, StatusIcon } from '../../ui/marks'
import { SearchList } from '../../ui/search-list'
import { useDesk, useLive } from '../../ui/use-desk'
import type { BulkKind } from './bulk-kinds'
import { readTags } from './read-tags'

type Props = {
  readonly what: Exclude<BulkKind, 'claim'>
  readonly rows: readonly QueueRow[]
  /** `undefined`: nothing is chosen. */
  readonly onAction: (action: BulkAction | undefined) => void
  /** Enter on what is chosen. */
  readonly onEnter: () => void
}

/** What the marked tickets are to become. */
export function BulkChoice({ what, ...props }: Props) {
  switch (what) {
    case 'assign':
      return <AgentChoice {...props} />
    case 'status':
      return <StatusChoice {...props} />
    case 'priority':
      return <PriorityChoice {...props} />
    case 'tag':
      return <TagChoice {...props} />
    default:
      return assertNever(what, 'bulk action')
  }
}

type ChoiceProps = Omit<Props, 'what'>

const NOBODY = 'nobody'
const ROLE = { l1: 'L1', backline: 'Backline', supervisor: 'Supervisor' } as const

function AgentChoice({ onAction }: ChoiceProps) {
  const desk = useDesk()
  const { agents } = useLive(desk.shared)
  const [to, setTo] = useState('')
  const options = [
    ...agents.map(({ id, name, role, region }) => ({
      value: id,
      label: id === desk.me.id ? `${name} (me)` : name,
      detail: `${ROLE[role]}, ${region}`,
      sign: <Avatar name={name} kind={id === desk.me.id ? 'me' : 'agent'} />,
      words: `${name} ${role} ${region}`.toLowerCase(),
    })),
    { value: NOBODY, label: 'Nobody', detail: 'for others to claim', words: 'nobody unassigned' },
  ]
  return (
    <SearchList
      label="To whom"
      options={options}
      value={to}
      placeholder="Name, role or region"
      nothing="Nobody is known yet."
      onChange={(next) => {
        setTo(next)
        if (next === '') onAction(undefined)
        else onAction(next === NOBODY ? { type: 'assign' } : { type: 'assign', to: next })
      }}
    />
  )
}

/** How many of the marked tickets are so already. */
function countIn(rows: readonly QueueRow[], isSo: (row: QueueRow) => boolean): string {
  const count = rows.filter(isSo).length
  return count === 0 ? 'none of them yet' : `${count} of ${rows.length} already`
}

function StatusChoice({ rows, onAction, onEnter }: ChoiceProps) {
  return (
    <Choices<Status>
      label="Status"
      options={statusSchema.options.map((status) => ({
        value: status,
        label: statusLabel(status),
        means: countIn(rows, (row) => row.status === status),
        sign: <StatusIcon status={status} />,
      }))}
      current={rows[0]?.status ?? 'open'}
      isMixed={rows.some(({ status }) => status !== rows[0]?.status)}
      onPick={(status) => onAction({ type: 'set-status', status })}
      onChoose={onEnter}
    />
  )
}

function PriorityChoice({ rows, onAction, onEnter }: ChoiceProps) {
  const [picked, setPicked] = useState<Priority>()
  const [reason, setReason] = useState('')
  const choose = (priority: Priority | undefined, why: string) => {
    setPicked(priority)
    setReason(why)
    if (priority === undefined) return
    const text = why.trim()
    onAction({ type: 'set-priority', priority, ...(text === '' ? {} : { reason: text }) })
  }
  return (
    <>
      <Choices<Priority>
        label="Priority"
        options={prioritySchema.options.map((priority) => ({
          value: priority,
          label: priorityLabel(priority),
          means: countIn(rows, (row) => row.priority === priority),
          sign: <PriorityMark priority={priority} />,
        }))}
        current={rows[0]?.priority ?? 'P3'}
        isMixed={rows.some(({ priority }) => priority !== rows[0]?.priority)}
        onPick={(priority) => choose(priority, reason)}
        onChoose={onEnter}
      />
      <TextInput
        label="Why"
        description="A P1 is never lowered without a reason."
        maxLength={MAX_REASON}
        value={reason}
        onChange={(event) => choose(picked, event.currentTarget.value)}
      />
    </>
  )
}

function TagChoice({ rows, onAction }: ChoiceProps) {
  const [text, setText] = useState('')
  const inUse = [...new Set(rows.flatMap(({ tags }) => tags))].sort()
  return (
    <TextInput
      autoFocus
      label="Tags"
      description={`Words are added, -words are taken away. ${inUse.length > 0 ? `On them now: ${inUse.slice(0, 12).join(', ')}.` : ''}`}
      placeholder="vip -webhooks"
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const { add, remove } = readTags(event.currentTarget.value)
        onAction(add.length + remove.length === 0 ? undefined : { type: 'tag', add, remove })
      }}
    />
  )
}
