import { IconEye, IconPencil } from '@tabler/icons-react'
import type { Present } from '../../store/desk-store'
import { Avatar, shortName } from '../../ui/marks'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './cells.module.css'

const NOBODY: readonly Present[] = []
const DOING = { viewing: 'looks at it', replying: 'is replying' } as const

/** Who else is at a ticket now. */
function usePresent(ticketId: string): readonly Present[] {
  return useLive(useDesk().presence).get(ticketId) ?? NOBODY
}

function inWords(present: readonly Present[]): string {
  return present.map(({ name, doing }) => `${name} ${DOING[doing]}`).join(', ')
}

export function PresenceCell({ ticketId }: { readonly ticketId: string }) {
  const present = usePresent(ticketId)
  const [first] = present
  if (!first) return null
  const replying = present.find(({ doing }) => doing === 'replying')
  return (
    <span
      className={styles.present}
      data-doing={replying ? 'replying' : 'viewing'}
      data-tip={inWords(present)}
    >
      {replying ? <IconPencil size={13} aria-hidden /> : <IconEye size={13} aria-hidden />}
      <span className={styles.name} aria-hidden>
        {present.length > 1 ? `${present.length} here` : shortName((replying ?? first).name)}
      </span>
      <span className="spoken">{inWords(present)}</span>
    </span>
  )
}

/** The same where there is no column for it: faces at the end of the subject. */
export function PresenceFaces({ ticketId }: { readonly ticketId: string }) {
  const present = usePresent(ticketId)
  if (present.length === 0) return null
  return (
    <span className={styles.faces} data-tip={inWords(present)}>
      {present.slice(0, 2).map(({ agentId, name, doing }) => (
        <span key={agentId} className={styles.face} data-doing={doing}>
          <Avatar name={name} />
        </span>
      ))}
      <span className="spoken">{inWords(present)}</span>
    </span>
  )
}
