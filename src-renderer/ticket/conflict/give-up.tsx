import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { DialogFoot } from '../../ui/dialog-foot'
import { Scrollable } from '../../ui/scrollable'
import styles from './compare.module.css'

type Props = {
  readonly text: string
  readonly onBack: () => void
  /** Adds the text as an internal note first. */
  readonly onKeepAsNote: () => void
  readonly onGiveUp: () => void
}

/** Says what would be lost before it is, and offers to keep it. */
export function GiveUp({ text, onBack, onKeepAsNote, onGiveUp }: Props) {
  const shown = useRef<HTMLDivElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => keep.current?.focus(), [])
  const copy = () => {
    const selection = window.getSelection()
    if (!shown.current || !selection) return
    selection.selectAllChildren(shown.current)
    // No permission is needed to copy what is selected; the asynchronous clipboard would want one.
    setIsCopied(document.execCommand('copy'))
  }
  return (
    <div className={styles.giveUp}>
      <p className={styles.lead}>Their version stays. This text of yours would be given up with yours:</p>
      <Scrollable className={styles.text} label="Your text">
        <div ref={shown}>{text}</div>
      </Scrollable>
      <DialogFoot
        start={
          <Button variant="subtle" size="xs" onClick={onBack}>
            Back
          </Button>
        }
      >
        <Button variant="default" size="xs" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
          {isCopied ? 'Copied' : 'Copy it'}
        </Button>
        <Button variant="default" size="xs" onClick={onGiveUp}>
          Give it up
        </Button>
        <Button ref={keep} size="xs" onClick={onKeepAsNote}>
          Keep it as an internal note
        </Button>
      </DialogFoot>
    </div>
  )
}
