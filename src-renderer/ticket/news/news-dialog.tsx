import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Message } from '#shared/tickets/message'
import { Age } from '../../ui/age'
import { Dialog } from '../../ui/dialog'
import { DialogFoot } from '../../ui/dialog-foot'
import { Avatar } from '../../ui/marks'
import { MOD } from '../../ui/mod-key'
import { Scrollable } from '../../ui/scrollable'
import { useDesk } from '../../ui/use-desk'
import styles from './news.module.css'
import { newsWords } from './news-words'

type Props = {
  readonly number: string
  readonly messages: readonly Message[]
  /** What the button that sends says. */
  readonly send: string
  readonly onSend: () => void
  readonly onBack: () => void
}

/** Asks once before a text is sent that was begun before others did something: it may not fit any more. */
export function NewsDialog({ number, messages, send, onSend, onBack }: Props) {
  const back = useRef<HTMLButtonElement>(null)
  // Whoever pressed the keys to send twice in one breath has not read it.
  useEffect(() => back.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.repeat || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onSend()
  }
  const title = `${number} changed while you wrote`
  return (
    <Dialog title={title} label={title} size="wide" onClose={onBack}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog. */}
      <div onKeyDown={onKeyDown}>
        <Scrollable className={styles.list} label="What is new">
          <ol aria-label="What is new">
            {messages.map((message) => (
              <NewsLine key={message.id} message={message} />
            ))}
          </ol>
        </Scrollable>
        <DialogFoot hint="Your text stays as it is." keys={`${MOD} Enter sends`}>
          <Button size="xs" variant="default" onClick={onSend}>
            {send} anyway
          </Button>
          <Button ref={back} size="xs" onClick={onBack}>
            Back to the text
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}

function NewsLine({ message }: { readonly message: Message }) {
  const desk = useDesk()
  const { author } = message
  const { did, text } = newsWords(message, (id) => desk.agent(id)?.name ?? id)
  return (
    <li className={styles.line}>
      <Avatar name={author.name} kind={author.kind} />
      <div className={styles.words}>
        <p className={styles.who}>
          <strong>{author.name}</strong> {did} <Age at={message.at} ago />
        </p>
        {text && <p className={styles.text}>{text}</p>}
      </div>
    </li>
  )
}
