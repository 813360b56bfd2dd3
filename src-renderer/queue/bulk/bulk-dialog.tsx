import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { BulkAction } from '#shared/queue/bulk-action'
import type { QueueRow } from '#shared/queue/row'
import { Dialog } from '../../ui/dialog'
import { useDesk } from '../../ui/use-desk'
import { unmarkAll } from '../marks'
import { ask } from '../queue-dialog'
import styles from './bulk.module.css'
import { BulkChoice } from './bulk-choice'
import { type BulkKind, bulkLabel, bulkVerb, ticketsInWords } from './bulk-kinds'
import { PlanInWords } from './plan-in-words'
import { planFor, runPlan } from './run-bulk'

type Props = {
  readonly what: BulkKind
  /** Those that are marked. */
  readonly rows: readonly QueueRow[]
}

const close = () => ask(undefined)

/** Chooses what becomes of all marked tickets, and shows before it is done to which of them it does not apply, and why. */
export function BulkDialog({ what, rows }: Props) {
  const desk = useDesk()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (what === 'claim') button.current?.focus()
  }, [what])
  const [action, setAction] = useState<BulkAction | undefined>(
    what === 'claim' ? { type: 'claim' } : undefined,
  )
  const plan = useMemo(() => action && planFor(desk, action, rows), [desk, action, rows])
  const isPossible = plan !== undefined && plan.steps.length > 0
  const doIt = () => {
    if (!action || !plan || !isPossible) return
    close()
    unmarkAll()
    void runPlan(desk, action, plan)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    doIt()
  }
  const title = `${bulkLabel(what)}: ${ticketsInWords(rows.length)}`
  return (
    <Dialog title={title} label={title} size={what === 'claim' ? undefined : 'wide'} onClose={close}>
      <form className={styles.columns} data-alone={what === 'claim' || undefined} onSubmit={onSubmit}>
        {what !== 'claim' && (
          <div className={styles.choice}>
            <BulkChoice what={what} rows={rows} onAction={setAction} onEnter={doIt} />
          </div>
        )}
        <div className={styles.outcome}>
          {plan ? (
            <PlanInWords plan={plan} />
          ) : (
            <p className={styles.remark}>Choose, and see here what it does before it is done.</p>
          )}
          <div className={styles.buttons}>
            <Button size="xs" variant="default" onClick={close}>
              Cancel
            </Button>
            <Button ref={button} size="xs" type="submit" disabled={!isPossible}>
              {plan ? `${bulkVerb(what)} ${ticketsInWords(plan.steps.length)}` : bulkVerb(what)}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  )
}
