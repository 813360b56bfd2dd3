import { statusLabel } from '#shared/queue/labels'
import { type Status, statusSchema } from '#shared/sla/policy'
import { Choices } from '../ui/choices'
import { Dialog } from '../ui/dialog'
import { StatusIcon } from '../ui/marks'
import { toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'

type Props = { readonly ticketId: string; readonly onClose: () => void }

const MEANS = {
  open: 'We are working on it',
  'waiting-on-customer': 'The customer has to answer; resolution pauses',
  'on-hold': 'Waiting for something else',
  solved: 'Done, unless the customer says otherwise',
  closed: 'Done for good: only notes can follow',
} as const satisfies Record<Status, string>

export function StatusDialog({ ticketId, onClose }: Props) {
  const desk = useDesk()
  const row = desk.rows.get(ticketId)
  if (!row) return null
  return (
    <Dialog title={`Status of ${row.number}`} label={`Status of ${row.number}`} onClose={onClose}>
      <Choices
        label="Status"
        options={statusSchema.options.map((status) => ({
          value: status,
          label: statusLabel(status),
          means: MEANS[status],
          sign: <StatusIcon status={status} />,
        }))}
        current={row.status}
        onChoose={(status) => {
          onClose()
          if (status !== row.status)
            desk.run({ type: 'set-status', target: ticketId, status }).catch(toastProblem)
        }}
      />
    </Dialog>
  )
}
