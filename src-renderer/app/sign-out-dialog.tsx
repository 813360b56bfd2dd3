import { Button, Checkbox } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { SignInState, Wipe } from '#shared/ipc'
import type { Unfinished } from '../store/desk-store'
import { forgetUnfinished } from '../ticket/command-form/unfinished'
import { Dialog } from '../ui/dialog'
import { toastProblem } from '../ui/screen-state'
import { useDesk, useLive } from '../ui/use-desk'
import styles from './sign-out-dialog.module.css'
import { unfinishedInWords } from './unfinished-in-words'

type Props = {
  readonly session: Extract<SignInState, { kind: 'signed-in' }>
  readonly onClose: () => void
}

/** Says what waits on this computer before anybody signs out, and what of it may be removed. */
export function SignOutDialog({ session, onClose }: Props) {
  const { agent, workspace } = session
  const desk = useDesk()
  const unfinished = useUnfinished()
  const [removes, setRemoves] = useState(false)
  /** The numbers that were confirmed: others need to be confirmed anew. */
  const [confirmed, setConfirmed] = useState<string>()
  const [isLeaving, setIsLeaving] = useState(false)
  const leave = useRef<HTMLButtonElement>(null)
  const isCounted = unfinished !== undefined
  useEffect(() => {
    if (isCounted) leave.current?.focus()
  }, [isCounted])
  const words = typeof unfinished === 'object' ? unfinishedInWords(unfinished) : undefined
  const deletes = removes && words !== undefined && confirmed === words
  const wipe: Wipe | undefined = removes ? (deletes ? 'everything' : 'tickets') : undefined
  const signOut = () => {
    setIsLeaving(true)
    window.desk.session.signOut(wipe ? { wipe } : {}).then(
      () => wipe === 'everything' && forgetUnfinished(desk.profile),
      (problem: unknown) => {
        setIsLeaving(false)
        toastProblem(problem)
      },
    )
  }
  if (!isCounted) return null
  const title = `Sign out of ${workspace.name}`
  return (
    <Dialog title={title} label={title} onClose={onClose}>
      <div className={styles.body}>
        <p className={styles.waits} data-unfinished={words !== undefined || undefined}>
          {unfinished === 'unknown' &&
            'What was not sent can’t be counted just now. It stays on this computer all the same.'}
          {typeof unfinished === 'object' && !words && 'Everything you did has reached the portal.'}
          {words && (
            <>
              <strong>{words}.</strong>{' '}
              {deletes
                ? 'All of it is deleted, and nobody can bring it back.'
                : `All of it stays on this computer for when ${agent.name} signs in again; nobody else sees or sends it.`}
            </>
          )}
        </p>
        <Checkbox
          size="xs"
          label="Remove the tickets from this computer"
          description="They are fetched again at the next sign-in."
          checked={removes}
          onChange={(event) => setRemoves(event.currentTarget.checked)}
        />
        {removes && words && (
          <Checkbox
            size="xs"
            label={`Also delete for good: ${words.toLowerCase()}`}
            checked={deletes}
            onChange={(event) => setConfirmed(event.currentTarget.checked ? words : undefined)}
          />
        )}
        <div className={styles.buttons}>
          <Button size="xs" variant="default" onClick={onClose}>
            Stay
          </Button>
          <Button
            size="xs"
            ref={leave}
            className={styles.leave}
            data-harmful={deletes || undefined}
            loading={isLeaving}
            onClick={signOut}
          >
            {deletes ? 'Sign out and delete' : 'Sign out'}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** So long a person waits for the numbers at most. */
const PATIENCE_MS = 1000

/** Counted anew whenever something was sent; `undefined` until it is counted the first time. */
function useUnfinished(): Unfinished | 'unknown' | undefined {
  const desk = useDesk()
  const { unsent, parked } = useLive(desk.status)
  const [unfinished, setUnfinished] = useState<Unfinished | 'unknown'>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers say when to count again.
  useEffect(() => {
    let isOver = false
    const take = (counted: Unfinished | 'unknown') => {
      clearTimeout(patience)
      if (!isOver) setUnfinished(counted)
    }
    const patience = setTimeout(() => take('unknown'), PATIENCE_MS)
    desk.unfinished().then(take, () => take('unknown'))
    return () => {
      isOver = true
      clearTimeout(patience)
    }
  }, [desk, unsent, parked])
  return unfinished
}
