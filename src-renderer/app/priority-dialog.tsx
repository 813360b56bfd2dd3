import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { priorityLabel } from '#shared/queue/labels'
import { type Priority, prioritySchema } from '#shared/sla/policy'
import { Choices } from '../ui/choices'
import { Dialog } from '../ui/dialog'
import { PriorityMark } from '../ui/marks'
import { toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import styles from './app.module.css'

type Props = { readonly ticketId: string; readonly onClose: () => void }

const MEANS = {
  P1: 'Unavailable, or hardly usable in real time',
  P2: 'Real-time operation moderately impaired',
  P3: 'Something that is not real-time is degraded',
  P4: 'A question, a wish, little or no impact',
} as const satisfies Record<Priority, string>

/** Chooses a priority; lowering a P1 asks why, as the rule wants it. */
export function PriorityDialog({ ticketId, onClose }: Props) {
  const desk = useDesk()
  const row = desk.rows.get(ticketId)
  const [lowered, setLowered] = useState<Priority>()
  if (!row) return null
  const set = (priority: Priority, reason?: string) => {
    onClose()
    if (priority === row.priority) return
    const command = { type: 'set-priority', target: ticketId, priority } as const
    desk.run(reason === undefined ? command : { ...command, reason }).catch(toastProblem)
  }
  const title = lowered ? `Lower ${row.number} to ${lowered}` : `Priority of ${row.number}`
  return (
    <Dialog title={title} label={title} onClose={onClose}>
      {lowered ? (
        <Reason onDone={(reason) => set(lowered, reason)} />
      ) : (
        <>
          <Choices
            options={prioritySchema.options.map((priority) => ({
              value: priority,
              label: priorityLabel(priority),
              means: MEANS[priority],
              sign: <PriorityMark priority={priority} />,
            }))}
            current={row.priority}
            onChoose={(priority) =>
              row.priority === 'P1' && priority !== 'P1' ? setLowered(priority) : set(priority)
            }
          />
          <p className={styles.dialogHint}>A new priority counts from the start of the ticket.</p>
        </>
      )}
    </Dialog>
  )
}

function Reason({ onDone }: { readonly onDone: (reason: string) => void }) {
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '') setIsMissing(true)
    else onDone(reason.trim())
  }
  return (
    <form className={styles.reason} onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        autoFocus
        label="Why is it no longer a P1?"
        description="Colleagues and the supervisor see it on the ticket."
        maxLength={500}
        value={reason}
        error={isMissing ? 'Write a reason: a P1 is never lowered without one.' : undefined}
        onChange={(event) => {
          setIsMissing(false)
          setReason(event.currentTarget.value)
        }}
      />
      <Button type="submit" size="xs">
        Lower the priority
      </Button>
    </form>
  )
}
