import { useEffect, useMemo, useState } from 'react'
import { isTicketCommand } from '#shared/commands/command'
import type { TicketCommandType } from '#shared/tickets/command'
import type { CommandDraft, TicketView } from '../../store/desk-store'
import { toast } from '../../ui/screen-state'
import { useDesk, useLive } from '../../ui/use-desk'
import { CommandForm, zonesOf } from './command-form'
import { forms } from './fields'
import { startValues, valuesOf } from './form-values'
import { editKey } from './unfinished'
import { whyNot } from './why-not'

type GiveProps = {
  readonly ticketId: string
  readonly type: TicketCommandType
  readonly onClose: () => void
}

/** Gives a command: asks for what it needs, or says why it can't be given now. */
export function CommandDialog({ ticketId, type, onClose }: GiveProps) {
  const desk = useDesk()
  const view = useLive(useMemo(() => desk.ticket(ticketId), [desk, ticketId]))
  return view ? <Give view={view} type={type} onClose={onClose} /> : null
}

type ViewProps = Omit<GiveProps, 'ticketId'> & { readonly view: TicketView }

function Give({ view, type, onClose }: ViewProps) {
  const desk = useDesk()
  const { title, save } = forms[type]
  const target = view.ticket.id
  // Judged when it is asked for: while one writes, the form itself says what is wrong with it.
  const [refusal] = useState(() => whyNot(type, view, desk.me, desk.now()))
  useEffect(() => {
    if (refusal === undefined) return
    toast(`${refusal.charAt(0).toUpperCase()}${refusal.slice(1)}`, 'problem')
    onClose()
  }, [refusal, onClose])
  if (refusal !== undefined) return null
  return (
    <CommandForm
      view={view}
      type={type}
      title={`${title}: ${view.ticket.number}`}
      start={startValues(type, view, zonesOf(view))}
      draftKey={`${target}/${type}`}
      save={save}
      // The fields are in wire form, which is what the store decodes.
      onSave={(wire) => desk.run({ ...wire, type, target } as unknown as CommandDraft)}
      onClose={onClose}
    />
  )
}

type EditProps = {
  readonly ticketId: string
  readonly commandId: string
  readonly onClose: () => void
}

/** Mends a command that was refused, and sends it again. */
export function EditDialog({ ticketId, commandId, onClose }: EditProps) {
  const desk = useDesk()
  const view = useLive(useMemo(() => desk.ticket(ticketId), [desk, ticketId]))
  const parked = view?.parked.find(({ id }) => id === commandId)
  const isGone = view !== undefined && !parked
  useEffect(() => {
    if (isGone) onClose()
  }, [isGone, onClose])
  if (!view || !parked || !isTicketCommand(parked.command)) return null
  const { command } = parked
  return (
    <CommandForm
      view={view}
      type={command.type}
      title={`${forms[command.type].title}: ${view.ticket.number}`}
      start={valuesOf(command, view.ticket, zonesOf(view))}
      draftKey={editKey(command.target, commandId)}
      save={`${forms[command.type].save} again`}
      onSave={(wire) => desk.retry(commandId, wire)}
      onClose={onClose}
    />
  )
}
