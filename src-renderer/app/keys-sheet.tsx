import { useState } from 'react'
import { type Action, actionSections, actionsOnScreen } from '../ui/actions'
import { Dialog } from '../ui/dialog'
import styles from './app.module.css'
import { KeyCaps } from './key-caps'

/** What can be written into the filter box; it is no action. */
const FILTER: readonly (readonly [text: string, what: string])[] = [
  ['p1 kestrel', 'Priority and words'],
  ['premium+', 'A plan'],
  ['-waiting', 'Without'],
  ['"exact words"', 'Words together'],
]

/** The keys of what can be done now, from the table that the keys themselves and the palette are made of. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  const [actions] = useState(actionsOnScreen)
  return (
    <Dialog title="Keys" label="Keys" size="broad" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: in a low window it is scrolled with the keyboard. */}
      <div className={styles.sheet} tabIndex={0}>
        {actionSections.map((section) => (
          <Section key={section} title={section} actions={actions.filter((one) => one.section === section)} />
        ))}
      </div>
    </Dialog>
  )
}

function Section({ title, actions }: { readonly title: string; readonly actions: readonly Action[] }) {
  const withKeys = actions.flatMap(({ id, keys, label }) => (keys === undefined ? [] : [{ id, keys, label }]))
  if (withKeys.length === 0) return null
  return (
    <section>
      <h3 className={styles.sheetTitle}>{title}</h3>
      <dl className={styles.sheetKeys}>
        {withKeys.map(({ id, keys, label }) => (
          <div key={id} className={styles.sheetKey}>
            <dt>
              <KeyCaps keys={keys} />
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
        {title === 'Find' &&
          FILTER.map(([text, what]) => (
            <div key={text} className={styles.sheetKey}>
              <dt>
                <kbd>{text}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
