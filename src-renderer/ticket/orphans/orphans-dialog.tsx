import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Orphan } from '../../store/desk-store'
import { Age } from '../../ui/age'
import { Dialog } from '../../ui/dialog'
import { toastProblem } from '../../ui/screen-state'
import { Scrollable } from '../../ui/scrollable'
import { useDesk, useLive } from '../../ui/use-desk'
import { aboutWords, orphanWords } from './orphan-words'
import styles from './orphans.module.css'

/** All of them to be read, copied and given up; the last one given up closes it. */
export function OrphansDialog({ onClose }: { readonly onClose: () => void }) {
  const orphans = useLive(useDesk().orphans)
  const list = useRef<HTMLUListElement>(null)
  useFocusNext(orphans.length, list)
  useEffect(() => {
    if (orphans.length === 0) onClose()
  }, [orphans.length, onClose])
  const title = 'What can’t be sent'
  return (
    <Dialog title={title} label={title} size="wide" onClose={onClose}>
      <p className={styles.about}>
        The tickets were deleted at the portal or went with a workspace that was made anew, or the portal
        refused it. Copy what you still need.
      </p>
      <ul ref={list} className={styles.list}>
        {orphans.map((orphan) => (
          <OneOrphan key={orphan.id} orphan={orphan} />
        ))}
      </ul>
    </Dialog>
  )
}

function OneOrphan({ orphan }: { readonly orphan: Orphan }) {
  const desk = useDesk()
  const [isCopied, setIsCopied] = useState(false)
  const { id, text, at, problem, canRetry } = orphan
  const about = aboutWords(orphan)
  const copy = () => navigator.clipboard.writeText(text).then(() => setIsCopied(true), toastProblem)
  return (
    <li className={styles.orphan}>
      <p className={styles.head}>
        <strong>{orphanWords(orphan)}</strong>
        <span className={styles.quiet}>
          {about && `${about}, `}
          <Age at={at} ago />
        </span>
      </p>
      {text !== '' && (
        <Scrollable className={styles.text} label="Text">
          <blockquote className={styles.quote}>{text}</blockquote>
        </Scrollable>
      )}
      {problem && <p className={styles.quiet}>The portal said: {problem}</p>}
      <div className={styles.actions}>
        {text !== '' && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={isCopied ? <IconCheck size={14} aria-hidden /> : undefined}
            onClick={copy}
          >
            {isCopied ? 'Copied' : 'Copy'}
          </Button>
        )}
        {canRetry && (
          <Button size="compact-xs" variant="default" onClick={() => desk.retry(id).catch(toastProblem)}>
            Try again
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => desk.discardOrphan(id).catch(toastProblem)}
        >
          Give it up
        </Button>
      </div>
    </li>
  )
}

/** When one is given up, the keyboard goes on to the next. */
function useFocusNext(count: number, list: RefObject<HTMLUListElement | null>): void {
  const before = useRef(count)
  useEffect(() => {
    const isFewer = count < before.current
    before.current = count
    if (isFewer && document.activeElement === document.body) list.current?.querySelector('button')?.focus()
  }, [count, list])
}
