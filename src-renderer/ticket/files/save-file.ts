import type { Attachment } from '#shared/tickets/attachment'
import { toast, toastProblem } from '../../ui/screen-state'

/** Saves a file of a message where the person chooses. */
export function saveFile({ id, name, size }: Attachment): void {
  window.desk.files.saveAttachment({ id, name, size }).then(({ path }) => {
    if (path !== undefined) toast(`Saved as ${path}`)
  }, toastProblem)
}
