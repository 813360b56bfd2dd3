import { isTicketCommand } from '#shared/commands/command'
import { typedText } from '#shared/tickets/seen'
import type { ParkedCommand, TicketView } from '../store/desk-store'
import { openDialog, toast, toastProblem } from '../ui/screen-state'
import { SmallButton } from '../ui/small-button'
import { useDesk, useLive } from '../ui/use-desk'
import { zonesOf } from './command-form/command-form'
import { forms } from './command-form/fields'
import { valuesOf } from './command-form/form-values'
import { forget, unfinished } from './command-form/unfinished'
import styles from './parked.module.css'
import { useParked } from './parked-context'
import { isClash } from './parked-words'

/** What one can do about a command that was refused or clashed; wherever it shows. */
export function ParkedActions({
  parked,
  ticketId,
}: {
  readonly parked: ParkedCommand
  readonly ticketId: string
}) {
  const desk = useDesk()
  const view = useLive(desk.ticket(ticketId))
  const { takeBack } = useParked()
  const { id, command } = parked
  if (!isTicketCommand(command)) return null
  const written = command.type === 'reply' || command.type === 'note' ? command : undefined
  const commandId = id

  const edit = async () => {
    if (!written) return openDialog({ kind: 'edit', ticketId, commandId })
    // First into the composer, then out of the outbox: in between the text is there twice, never not at all.
    await takeBack(written.type, written.body)
    await desk.discard(id)
  }
  const discard = async () => {
    await desk.discard(id)
    forget(desk.profile, ticketId, id)
    if (typedText(command) === undefined) return
    toast('Discarded', 'info', {
      label: 'Put the text back',
      run: () => {
        if (written) return void takeBack(written.type, written.body).catch(toastProblem)
        if (view) keepForm(desk.profile, command, view)
        openDialog({ kind: 'command', ticketId, type: command.type })
      },
    })
  }
  return (
    <span className={styles.actions}>
      {isClash(parked) && (
        <SmallButton
          isFirst
          aria-haspopup="dialog"
          onClick={() => openDialog({ kind: 'compare', ticketId, commandId })}
        >
          Compare
        </SmallButton>
      )}
      <SmallButton onClick={() => desk.retry(id).catch(toastProblem)}>Retry</SmallButton>
      {(written || forms[command.type].fields.length > 0) && (
        <SmallButton onClick={() => edit().catch(toastProblem)}>Edit</SmallButton>
      )}
      <SmallButton onClick={() => discard().catch(toastProblem)}>Discard</SmallButton>
    </span>
  )
}

/** The command's form opens with what was typed for it. */
function keepForm(profile: string, command: Parameters<typeof valuesOf>[0], view: TicketView): void {
  unfinished(profile).keep(`${view.ticket.id}/${command.type}`, valuesOf(command, view.ticket, zonesOf(view)))
}
