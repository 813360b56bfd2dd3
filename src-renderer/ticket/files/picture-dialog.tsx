import { Button } from '@mantine/core'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type Attachment, sizeText } from '#shared/tickets/attachment'
import { Dialog } from '../../ui/dialog'
import { problemOf } from '../../ui/problem-text'
import styles from './picture.module.css'
import { saveFile } from './save-file'

type Props = { readonly file: Attachment; readonly onClose: () => void }
type Shown = { readonly url: string } | { readonly problem: string }

/** A picture of a message, fetched when it is asked for and no sooner. */
export function PictureDialog({ file, onClose }: Props) {
  const shown = usePicture(file)
  return (
    <Dialog title={file.name} label={`Picture ${file.name}`} size="page" onClose={onClose}>
      <div className={styles.frame}>
        {!shown && <div className={styles.waiting} role="status" aria-label="Fetching the picture" />}
        {shown && 'url' in shown && <img className={styles.picture} src={shown.url} alt={file.name} />}
        {shown && 'problem' in shown && (
          <p className={styles.problem} role="alert">
            <IconAlertTriangle size={16} aria-hidden /> {shown.problem}
          </p>
        )}
      </div>
      <div className={styles.foot}>
        <span className="digits">{sizeText(file.size)}</span>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveFile(file)}
        >
          Save
        </Button>
      </div>
    </Dialog>
  )
}

/** An address of this page for the picture's bytes, for as long as it is shown. */
function usePicture({ id, name, size }: Attachment): Shown | undefined {
  const [shown, setShown] = useState<Shown>()
  useEffect(() => {
    let url: string | undefined
    let isOver = false
    window.desk.files.picture({ id, name, size }).then(
      ({ type, bytes }) => {
        if (isOver) return
        url = URL.createObjectURL(new Blob([bytes], { type }))
        setShown({ url })
      },
      (failure: unknown) => {
        if (!isOver) setShown({ problem: problemOf(failure).message })
      },
    )
    return () => {
      isOver = true
      if (url !== undefined) URL.revokeObjectURL(url)
    }
  }, [id, name, size])
  return shown
}
