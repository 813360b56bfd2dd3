import { assertNever } from '#shared/assert-never'
import { SettingsDialog } from '../settings/settings-dialog'
import { CommandDialog, EditDialog } from '../ticket/command-form/command-dialog'
import { CompareDialog } from '../ticket/conflict/compare-dialog'
import { TriageDialog } from '../ticket/triage/triage-dialog'
import { openDialog, useScreen } from '../ui/screen-state'
import { KeysSheet } from './keys-sheet'
import { StatusDialog } from './status-dialog'

const close = () => openDialog(undefined)

export function Dialogs() {
  const dialog = useScreen((state) => state.dialog)
  if (!dialog) return null
  switch (dialog.kind) {
    case 'keys':
      return <KeysSheet onClose={close} />
    case 'settings':
      return <SettingsDialog onClose={close} />
    case 'status':
      return <StatusDialog ticketId={dialog.ticketId} onClose={close} />
    case 'priority':
      return <TriageDialog ticketId={dialog.ticketId} onClose={close} />
    case 'command':
      return (
        <CommandDialog
          key={`${dialog.ticketId}/${dialog.type}`}
          ticketId={dialog.ticketId}
          type={dialog.type}
          onClose={close}
        />
      )
    case 'edit':
      return <EditDialog ticketId={dialog.ticketId} commandId={dialog.commandId} onClose={close} />
    case 'compare':
      return <CompareDialog ticketId={dialog.ticketId} commandId={dialog.commandId} onClose={close} />
    default:
      return assertNever(dialog, 'dialog')
  }
}
