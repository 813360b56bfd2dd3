import { IconAlertTriangle } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { Contact } from '#shared/tickets/people'
import { Avatar } from '../../ui/marks'
import { problemOf } from '../../ui/problem-text'
import { useDesk } from '../../ui/use-desk'
import { OutsideLink } from '../outside-link'
import styles from './customer.module.css'

type Props = { readonly organizationId: string; readonly requesterId: string | undefined }

const SHOWN = 4

/** The people of the customer, whoever asked first. */
export function Contacts({ organizationId, requesterId }: Props) {
  const { contacts, problem, again } = useContacts(organizationId)
  const [isAllShown, setIsAllShown] = useState(false)
  const ordered = [...(contacts ?? [])].sort(
    (a, b) => Number(b.id === requesterId) - Number(a.id === requesterId),
  )
  const shown = isAllShown ? ordered : ordered.slice(0, SHOWN)
  return (
    <div className={styles.part}>
      <h4 className={styles.title}>Contacts</h4>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={14} aria-hidden /> {problem}{' '}
          <button type="button" className={styles.more} onClick={again}>
            Try again
          </button>
        </p>
      )}
      {!contacts && problem === undefined && (
        <div className={styles.waiting} role="status" aria-label="Reading the contacts" />
      )}
      {contacts?.length === 0 && <p className={styles.none}>No contact of theirs is known.</p>}
      <ul className={styles.people}>
        {shown.map(({ id, name, email }) => (
          <li key={id} className={styles.person}>
            <Avatar name={name} kind="customer" />
            <span className={styles.personName}>
              <span className={styles.cut}>{name}</span>
              {id === requesterId && <span className={styles.mark}>asked</span>}
            </span>
            {email && (
              <OutsideLink url={`mailto:${encodeURIComponent(email).replace('%40', '@')}`}>
                {email}
              </OutsideLink>
            )}
          </li>
        ))}
      </ul>
      {ordered.length > SHOWN && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={isAllShown}
          onClick={() => setIsAllShown(!isAllShown)}
        >
          {isAllShown ? 'Fewer' : `All ${ordered.length}`}
        </button>
      )}
    </div>
  )
}

function useContacts(organizationId: string) {
  const desk = useDesk()
  const [contacts, setContacts] = useState<readonly Contact[]>()
  const [problem, setProblem] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads them again.
  useEffect(() => {
    let isGone = false
    setProblem(undefined)
    desk.contacts(organizationId).then(
      (found) => isGone || setContacts(found),
      (reason: unknown) => isGone || setProblem(problemOf(reason).message),
    )
    return () => {
      isGone = true
    }
  }, [desk, organizationId, attempt])
  return { contacts, problem, again: useCallback(() => setAttempt((before) => before + 1), []) }
}
