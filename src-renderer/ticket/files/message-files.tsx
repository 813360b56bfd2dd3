import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { type Attachment, sizeText } from '#shared/tickets/attachment'
import { mayBePicture } from '#shared/tickets/picture'
import type { TimelineEntry } from '../../store/desk-store'
import { useDesk, useLive } from '../../ui/use-desk'
import { FileIcon } from './file-icon'
import styles from './files.module.css'
import { PictureDialog } from './picture-dialog'
import { saveFile } from './save-file'

type Props = {
  readonly attachments: readonly Attachment[]
  readonly pending: TimelineEntry['pending']
}

/** The files of a message: pictures are shown, all are saved where the person chooses, none is ever opened or run. */
export function MessageFiles({ attachments, pending }: Props) {
  const [lookedAt, setLookedAt] = useState<Attachment>()
  if (attachments.length === 0) return null
  return (
    <>
      <ul className={styles.list} aria-label="Files of this message">
        {attachments.map((file) => (
          <li key={file.id} className={styles.file}>
            <FileIcon {...file} />
            {!pending && mayBePicture(file) ? (
              <button
                type="button"
                className={styles.look}
                aria-haspopup="dialog"
                aria-label={`Look at ${file.name}`}
                onClick={() => setLookedAt(file)}
              >
                {file.name}
              </button>
            ) : (
              <span className={styles.name}>{file.name}</span>
            )}
            <span className={`${styles.size} digits`}>{sizeText(file.size)}</span>
            {!pending && (
              <button
                type="button"
                className={styles.remove}
                aria-label={`Save ${file.name}`}
                data-tip="Save"
                onClick={() => saveFile(file)}
              >
                <IconDownload size={14} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {lookedAt && <PictureDialog file={lookedAt} onClose={() => setLookedAt(undefined)} />}
      {pending?.state === 'unsent' && <Progress commandId={pending.commandId} />}
    </>
  )
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
