import { Button } from '@mantine/core'
import { IconAlertTriangle, IconArrowRight, IconLoader2 } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import type { DemoPerson, SignInState } from '#shared/ipc'
import { Avatar } from '../ui/marks'
import { problemOf } from '../ui/problem-text'
import styles from './sign-in.module.css'

const ROLE = { l1: 'L1 agent', backline: 'Backline engineer', supervisor: 'Supervisor' } as const
const GHOSTS = ['first', 'second', 'third']

/** The people one can be in the demo workspace; asking for them starts its portal. */
export function DemoPeople({ onSignedIn }: { readonly onSignedIn: (state: SignInState) => void }) {
  const [people, setPeople] = useState<readonly DemoPerson[]>()
  const [problem, setProblem] = useState<string>()
  const [entering, setEntering] = useState<string>()

  const ask = useCallback(() => {
    setProblem(undefined)
    window.desk.session.demoPeople().then(setPeople, (failure) => setProblem(problemOf(failure).message))
  }, [])
  useEffect(ask, [ask])

  const enter = (agentId: string) => {
    if (entering !== undefined) return
    setEntering(agentId)
    setProblem(undefined)
    window.desk.session.signInDemo({ agentId }).then(onSignedIn, (failure) => {
      setEntering(undefined)
      setProblem(problemOf(failure).message)
    })
  }

  return (
    <>
      <p className={styles.lead}>
        A support desk that lives: three regions, some forty customers, clocks that run. It stays on this
        computer.
      </p>
      {problem && (
        <div className={styles.failure} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{problem}</span>
          <Button size="compact-sm" variant="default" onClick={ask}>
            Try again
          </Button>
        </div>
      )}
      {people ? (
        <ul className={styles.people}>
          {people.map((person) => (
            <li key={person.agentId}>
              <button
                type="button"
                className={styles.person}
                aria-busy={entering === person.agentId}
                data-waiting={(entering !== undefined && entering !== person.agentId) || undefined}
                onClick={() => enter(person.agentId)}
              >
                <Avatar name={person.name} size="large" />
                <span className={styles.who}>
                  <span className={styles.name}>{person.name}</span>
                  <span className={styles.role}>
                    {ROLE[person.role]} · {person.region}
                  </span>
                  <span className={styles.about}>{person.about}</span>
                </span>
                {entering === person.agentId ? (
                  <IconLoader2 size={18} className={styles.spin} aria-label="Signing in" />
                ) : (
                  <IconArrowRight size={18} className={styles.arrow} aria-hidden />
                )}
              </button>
            </li>
          ))}
        </ul>
      ) : (
        !problem && (
          <div className={styles.people} role="status">
            <span className="spoken">Starting the demo workspace</span>
            {GHOSTS.map((ghost) => (
              <div key={ghost} className={styles.ghost} />
            ))}
          </div>
        )
      )}
    </>
  )
}
