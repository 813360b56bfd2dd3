import { IconDownload } from '@tabler/icons-react'
import { type Attachment, sizeText } from '#shared/tickets/attachment'
import type { TimelineEntry } from '../../store/desk-store'
import { toast, toastProblem } from '../../ui/screen-state'
import { useDesk, useLive } from '../../ui/use-desk'
import { FileIcon } from './file-icon'
import styles from './files.module.css'

type Props = {
  readonly attachments: readonly Attachment[]
  readonly pending: TimelineEntry['pending']
}

/** The files of a message. They are saved where the person chooses, and never opened by the console. */
export function MessageFiles({ attachments, pending }: Props) {
  if (attachments.length === 0) return null
  return (
    <>
      <ul className={styles.list} aria-label="Files of this message">
        {attachments.map((file) => (
          <li key={file.id} className={styles.file}>
            <FileIcon {...file} />
            <span className={styles.name}>{file.name}</span>
            <span className={`${styles.size} digits`}>{sizeText(file.size)}</span>
            {!pending && (
              <button
                type="button"
                className={styles.remove}
                aria-label={`Save ${file.name}`}
                data-tip="Save"
                onClick={() => save(file)}
              >
                <IconDownload size={14} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {pending?.state === 'unsent' && <Progress commandId={pending.commandId} />}
    </>
  )
}

function save({ id, name, size }: Attachment): void {
  window.desk.files.saveAttachment({ id, name, size }).then(({ path }) => {
    if (path !== undefined) toast(`Saved as ${path}`)
  }, toastProblem)
}

function Progress({ commandId }: { readonly commandId: string }) {
  const upload = useLive(useDesk().uploads).get(commandId)
  if (!upload || upload.files === 0) return null
  const { files, stored, bytes, storedBytes } = upload
  return (
    <p className={styles.progress} role="status">
      <progress max={bytes} value={storedBytes} aria-label="Files the portal has" />
      {stored} of {files} files are on the portal
    </p>
  )
}
