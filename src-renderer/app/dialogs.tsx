import { assertNever } from '#shared/assert-never'
import { SettingsDialog } from '../settings/settings-dialog'
import { openDialog, useScreen } from '../ui/screen-state'
import { KeysSheet } from './keys-sheet'
import { PriorityDialog } from './priority-dialog'
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
      return <PriorityDialog ticketId={dialog.ticketId} onClose={close} />
    default:
      return assertNever(dialog, 'dialog')
  }
}
