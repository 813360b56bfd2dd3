import { IconAlertTriangle, IconPaperclip, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, sizeText } from '#shared/tickets/attachment'
import { useActions } from '../../ui/actions'
import { MOD } from '../../ui/mod-key'
import { FileIcon } from './file-icon'
import styles from './files.module.css'
import type { ComposerFiles } from './use-files'

const LIMITS = `up to ${MAX_ATTACHMENTS}, ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB each`

/** Chooses files; how many and how large they may be is said before. @param className of the composer's own buttons */
export function AttachButton({
  files,
  className,
}: {
  readonly files: ComposerFiles
  readonly className: string | undefined
}) {
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  useActions([
    {
      id: 'ticket.attach',
      label: 'Attach files',
      section: 'Ticket',
      keys: 'Mod+u',
      words: 'upload add picture log screenshot',
      run: choose,
    },
  ])
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])]
          // The same one can be chosen again after it was removed.
          event.currentTarget.value = ''
          void files.add(chosen)
        }}
      />
      <button
        type="button"
        className={className}
        aria-label={`Attach files, ${LIMITS}`}
        aria-keyshortcuts="Control+u"
        data-tip={`Attach files (${MOD} U): ${LIMITS}`}
        onClick={choose}
      >
        <IconPaperclip size={14} aria-hidden />
      </button>
    </>
  )
}

/** The files that go with the text, and where more can be dropped. */
export function AttachedFiles({ files }: { readonly files: ComposerFiles }) {
  return (
    <>
      {files.isOver && (
        <div className={styles.over} aria-hidden>
          <IconPaperclip size={18} /> Drop files here: {LIMITS}
        </div>
      )}
      {files.files.length > 0 && (
        <ul className={styles.list} aria-label="Attached files">
          {files.files.map((file) => (
            <li key={file.id} className={styles.file} data-lost={file.isLost || undefined}>
              {file.isLost ? <IconAlertTriangle size={16} aria-hidden /> : <FileIcon {...file} />}
              <span className={styles.name}>{file.name}</span>
              <span className={`${styles.size} digits`}>{file.isLost ? 'lost' : sizeText(file.size)}</span>
              <button
                type="button"
                className={styles.remove}
                aria-label={`Remove ${file.name}`}
                onClick={() => files.remove(file)}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
