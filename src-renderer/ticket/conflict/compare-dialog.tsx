import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { isTicketCommand } from '#shared/commands/command'
import type { TicketCommand } from '#shared/tickets/command'
import { typedText } from '#shared/tickets/seen'
import type { ParkedCommand, TicketView } from '../../store/desk-store'
import { Age } from '../../ui/age'
import { Dialog } from '../../ui/dialog'
import { DialogFoot } from '../../ui/dialog-foot'
import { problemOf } from '../../ui/problem-text'
import { useDesk, useLive } from '../../ui/use-desk'
import { checkForm } from '../command-form/check-form'
import { zonesOf } from '../command-form/command-form'
import { forms } from '../command-form/fields'
import { FormEffects, hasEffect } from '../command-form/form-effects'
import type { Values } from '../command-form/form-values'
import { forget, mergeKey, unfinished } from '../command-form/unfinished'
import { differs, merged, type Picks } from './choice'
import styles from './compare.module.css'
import { CompareFact, CompareField } from './compare-field'
import { comparison } from './comparison'
import { GiveUp } from './give-up'

type Props = { readonly ticketId: string; readonly commandId: string; readonly onClose: () => void }

/** Two people decided about the same: both versions, and nothing happens until one is chosen. */
export function CompareDialog({ ticketId, commandId, onClose }: Props) {
  const desk = useDesk()
  const view = useLive(useMemo(() => desk.ticket(ticketId), [desk, ticketId]))
  const parked = view?.parked.find(({ id }) => id === commandId)
  const isGone = view !== undefined && !parked
  useEffect(() => {
    if (isGone) onClose()
  }, [isGone, onClose])
  if (!view || !parked || !isTicketCommand(parked.command)) return null
  return <Compare view={view} parked={parked} command={parked.command} onClose={onClose} />
}

type CompareProps = {
  readonly view: TicketView
  readonly parked: ParkedCommand
  readonly command: TicketCommand
  readonly onClose: () => void
}

function Compare({ view, parked, command, onClose }: CompareProps) {
  const desk = useDesk()
  const drafts = unfinished(desk.profile)
  const draftKey = mergeKey(command.target, parked.id)
  const zones = zonesOf(view)
  const [picks, setPicks] = useState<Picks>({})
  const [edits, setEdits] = useState<Values>(() => drafts.read(draftKey) ?? {})
  const [isGivingUp, setIsGivingUp] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { facts, fields, changed } = comparison({
    ...{ command, seen: parked.seen, ticket: view.confirmed, timeline: view.timeline, zones },
    agentName: (id) => desk.agent(id)?.name ?? id,
    ticketNumber: (id) => desk.rows.get(id)?.number ?? id,
  })
  const values = merged(fields, picks, edits)
  const isMixed = fields.some(({ field: { name } }) => (picks[name] ?? 'mine') !== 'mine')
  const checked = checkForm({
    ...{ type: command.type, values, ticket: view.ticket, actor: desk.me, zones, now: desk.now() },
  })
  const wrong = isAsked && checked.kind === 'incomplete' ? checked : undefined
  const typed = typedText(command)

  const settle = async (work: () => Promise<unknown>) => {
    setProblem(undefined)
    try {
      await work()
      forget(desk.profile, command.target, parked.id)
      onClose()
    } catch (refusal) {
      setProblem(problemOf(refusal).message)
    }
  }
  const saveMerged = () => {
    setIsAsked(true)
    if (checked.kind === 'complete') void settle(() => desk.retry(parked.id, checked.wire))
  }
  const discard = () => settle(() => desk.discard(parked.id))
  const keepAsNote = () =>
    settle(async () => {
      // First the note, then the end of the other: in between the text is there twice, never not at all.
      await desk.run({ type: 'note', target: command.target, body: typed ?? '' })
      await desk.discard(parked.id)
    })
  const edit = (name: string, value: string) =>
    setEdits((before) => {
      const next = { ...before, [name]: value }
      drafts.keep(draftKey, next)
      return next
    })

  // On what is picked, so that the keys begin where nothing changes.
  const rows = useRef<HTMLDivElement>(null)
  useEffect(() => rows.current?.querySelector<HTMLElement>('input:checked')?.focus(), [])

  const title = `${forms[command.type].title}: decided by two, ${view.ticket.number}`
  return (
    <Dialog title={title} label={title} size="broad" onClose={onClose}>
      {isGivingUp && typed ? (
        <GiveUp
          text={typed}
          onBack={() => setIsGivingUp(false)}
          onKeepAsNote={() => void keepAsNote()}
          onGiveUp={() => void discard()}
        />
      ) : (
        <>
          <p className={styles.lead}>
            {changed ? (
              <>
                <b>{changed.by}</b> decided otherwise <Age at={changed.at} ago />; you did{' '}
                <Age at={command.at} ago />.
              </>
            ) : (
              'Somebody decided otherwise meanwhile.'
            )}{' '}
            Nothing happens until you choose.
          </p>
          <div ref={rows} className={styles.rows}>
            {facts.map((fact) => (
              <CompareFact key={fact.label} fact={fact} />
            ))}
            {fields.map((compared) => (
              <CompareField
                key={compared.field.name}
                compared={compared}
                pick={picks[compared.field.name] ?? 'mine'}
                edits={edits}
                problem={wrong?.byField[compared.field.name]}
                view={view}
                zones={zones}
                onPick={(pick) => setPicks({ ...picks, [compared.field.name]: pick })}
                onEdit={edit}
              />
            ))}
            {hasEffect(command.type) && (
              <div className={styles.effects}>
                <FormEffects type={command.type} values={values} view={view} zones={zones} />
              </div>
            )}
          </div>
          <DialogFoot problem={problem ?? wrong?.other}>
            <Button
              variant="default"
              size="xs"
              onClick={() => (typed ? setIsGivingUp(true) : void discard())}
            >
              Take theirs
            </Button>
            <Button
              variant={isMixed ? 'default' : 'filled'}
              size="xs"
              onClick={() => void settle(() => desk.retry(parked.id))}
            >
              Take mine
            </Button>
            {fields.some(differs) && (
              <Button size="xs" disabled={!isMixed} onClick={saveMerged}>
                Save merged
              </Button>
            )}
          </DialogFoot>
        </>
      )}
    </Dialog>
  )
}
