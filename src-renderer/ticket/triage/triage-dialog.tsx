import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { priorityLabel } from '#shared/queue/labels'
import { prioritySchema, targetNameSchema } from '#shared/sla/policy'
import { MAX_REASON } from '#shared/tickets/ticket'
import { Choices } from '../../ui/choices'
import { Dialog } from '../../ui/dialog'
import { breachesTarget, EffectOnTarget, Effects } from '../../ui/effect-on-target'
import { PriorityMark } from '../../ui/marks'
import { toastProblem } from '../../ui/screen-state'
import { useDesk, useLive } from '../../ui/use-desk'
import { usePriorityEffect, useSecond } from '../command-form/effects-of'
import { unfinished } from '../command-form/unfinished'
import { Guide } from './guide'
import styles from './triage.module.css'
import { triageGuide } from './triage-guide'

type Props = { readonly ticketId: string; readonly onClose: () => void }

/**
 * Chooses a priority by what each is for (sla.md §1), after showing what it does to each target (sla.md §6). A change that breaches one for good takes a
 * second step, and lowering a P1 asks why, as the rule wants it.
 */
export function TriageDialog({ ticketId, onClose }: Props) {
  const desk = useDesk()
  const row = desk.rows.get(ticketId)
  const [picked, setPicked] = useState(row?.priority)
  const drafts = unfinished(desk.profile)
  const draftKey = `${ticketId}/set-priority`
  const [reason, setReason] = useState(() => drafts.read(draftKey)?.reason ?? '')
  const [isMissing, setIsMissing] = useState(false)
  const reasonField = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const view = useLive(useMemo(() => desk.ticket(ticketId), [desk, ticketId]))
  const effect = usePriorityEffect(view, picked)
  const now = useSecond()
  const isOffline = useLive(desk.status).connection.kind === 'offline'
  if (!row || picked === undefined) return null
  const title = `Priority of ${row.number}`
  const isSame = picked === row.priority
  const isLoweredP1 = row.priority === 'P1' && !isSame
  const isHarmful = effect !== undefined && Object.values(effect).some(breachesTarget)

  const write = (text: string) => {
    setIsMissing(false)
    setReason(text)
    if (text.trim() === '') drafts.drop(draftKey)
    else drafts.keep(draftKey, { reason: text })
  }
  const writeReason = (example: string) => {
    write(example)
    reasonField.current?.focus()
  }
  const save = () => {
    if (isSame) return onClose()
    const why = reason.trim()
    if (isLoweredP1 && why === '') {
      setIsMissing(true)
      reasonField.current?.focus()
      return
    }
    onClose()
    const command = { type: 'set-priority', target: ticketId, priority: picked } as const
    desk
      .run(why === '' ? command : { ...command, reason: why })
      .then(() => drafts.drop(draftKey), toastProblem)
  }
  /** Enter in the list: saves what harms nobody, else goes to where the second step is. */
  const onChoose = () => {
    if (isSame) onClose()
    else if (isLoweredP1) reasonField.current?.focus()
    else if (isHarmful) button.current?.focus()
    else if (effect) save()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }

  return (
    <Dialog title={title} label={title} size="broad" onClose={onClose}>
      <p className={styles.subject}>{row.subject}</p>
      <div className={styles.columns}>
        <Choices
          label="Priority"
          options={prioritySchema.options.map((priority) => ({
            value: priority,
            label: priorityLabel(priority),
            means: triageGuide[priority].means,
            sign: <PriorityMark priority={priority} />,
          }))}
          current={row.priority}
          onChoose={onChoose}
          onPick={setPicked}
        />
        <form className={styles.outcome} onSubmit={onSubmit}>
          <Guide
            priority={picked}
            plan={row.plan}
            policy={view && desk.policy(view.confirmed.policyId)}
            onReason={isSame ? undefined : writeReason}
          />
          {isSame ? (
            <p className={styles.hint}>
              Pick another priority to see what it does to both targets. It counts from the start of the
              ticket.
            </p>
          ) : (
            <>
              <Effects>
                {effect &&
                  targetNameSchema.options.map((name) => (
                    <EffectOnTarget key={name} name={name} effect={effect[name]} now={now} />
                  ))}
              </Effects>
              {isOffline && (
                <p className={styles.hint}>
                  Offline: it takes effect when the portal takes it, and more time may have run out by then.
                </p>
              )}
              <TextInput
                ref={reasonField}
                label={isLoweredP1 ? 'Why is it no longer a P1?' : 'Why (if that is not plain)'}
                description="Colleagues and the supervisor see it on the ticket."
                maxLength={MAX_REASON}
                value={reason}
                error={isMissing ? 'Write a reason: a P1 is never lowered without one.' : undefined}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
                  event.preventDefault()
                  save()
                }}
                onChange={(event) => write(event.currentTarget.value)}
              />
              <Button
                ref={button}
                type="submit"
                size="xs"
                className={styles.save}
                data-harmful={isHarmful || undefined}
              >
                {isHarmful ? `Set ${picked} and breach` : `Set ${picked}`}
              </Button>
            </>
          )}
        </form>
      </div>
    </Dialog>
  )
}
