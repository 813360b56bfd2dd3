import type { QueueRow } from '#shared/queue/row'
import { Avatar, shortName } from '../../ui/marks'
import { useDesk } from '../../ui/use-desk'
import styles from './cells.module.css'

type Props = { readonly row: QueueRow }

export function Assignee({ row }: Props) {
  const me = useDesk().me.id
  if (row.assigneeId === undefined) return <span className={styles.nobody}>Unassigned</span>
  const name = row.assignee ?? row.assigneeId
  return (
    <span className={styles.assignee} data-tip={name}>
      <Avatar name={name} kind={row.assigneeId === me ? 'me' : 'agent'} />
      <span className={styles.name}>{row.assigneeId === me ? 'Me' : shortName(name)}</span>
    </span>
  )
}

/** The assignee as a face alone; a dashed ring for nobody. */
export function Owner({ row }: Props) {
  const me = useDesk().me.id
  if (row.assigneeId === undefined) {
    return (
      <span className={styles.noOwner} data-tip="Unassigned">
        <span className="spoken">Unassigned</span>
      </span>
    )
  }
  const name = row.assignee ?? row.assigneeId
  return (
    <span data-tip={name} className={styles.owner}>
      <Avatar name={name} kind={row.assigneeId === me ? 'me' : 'agent'} />
      <span className="spoken">{name}</span>
    </span>
  )
}
