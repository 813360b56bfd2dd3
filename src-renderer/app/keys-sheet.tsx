import { listedCommands } from '../ticket/command-form/command-list'
import { Dialog } from '../ui/dialog'
import styles from './app.module.css'

const MOD = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl'

type Section = readonly [title: string, keys: readonly (readonly [keys: string, what: string])[]]

/** Commands come from the table that the keys and the More menu read. */
const COMMANDS = listedCommands.map(({ key, label }) => [key, label] as const)

const SHEET: readonly Section[] = [
  [
    'Move',
    [
      ['j', 'Next ticket'],
      ['k', 'Ticket before'],
      ['g g', 'First ticket'],
      ['G', 'Last ticket'],
      ['Enter', 'Open'],
      ['Esc', 'Back, close'],
    ],
  ],
  [
    'Ticket',
    [
      ['c', 'Claim'],
      ['r', 'Reply to the customer'],
      ['n', 'Internal note'],
      ['s', 'Status'],
      ['p', 'Priority'],
      ['y', 'Why it is due then'],
      ['f', 'To what needs you'],
      ['.', 'More'],
      [`${MOD} Enter`, 'Send, save'],
    ],
  ],
  ['Commands', COMMANDS],
  [
    'Views',
    [
      ['g a', 'All open'],
      ['g m', 'Mine'],
      ['g u', 'Unassigned'],
      ['g r', 'At risk'],
      ['g b', 'Breached'],
      ['g w', 'Waiting'],
      ['g c', 'Closed'],
      ['g ,', 'Settings'],
    ],
  ],
  [
    'Find',
    [
      ['/', 'Filter'],
      ['p1 kestrel', 'Priority and words'],
      ['premium+', 'A plan'],
      ['-waiting', 'Without'],
      ['"exact words"', 'Words together'],
      ['?', 'This sheet'],
    ],
  ],
]

export function KeysSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" label="Keys" size="broad" onClose={onClose}>
      <div className={styles.sheet}>
        {SHEET.map(([title, keys]) => (
          <section key={title}>
            <h3 className={styles.sheetTitle}>{title}</h3>
            <dl className={styles.sheetKeys}>
              {keys.map(([key, what]) => (
                <div key={key} className={styles.sheetKey}>
                  <dt>
                    {(title === 'Find' ? [key] : key.split(' ')).map((one, position) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: `g g` is twice the same key in a fixed order.
                      <kbd key={position} className={styles.kbd}>
                        {one}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
