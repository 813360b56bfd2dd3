import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { queueColumnLabel } from '#shared/queue/chosen-columns'
import type { QueueRow } from '#shared/queue/row'
import { PlanBadge, PriorityMark, StatusMark } from '../ui/marks'
import { TargetClock } from '../ui/target-clock'
import { AgeCell } from './cells/age-cell'
import { Assignee, Owner } from './cells/assignee'
import styles from './cells/cells.module.css'
import { DueCell, NextDue } from './cells/due-cells'
import { EscalationCell, IssuesCell, TagsCell } from './cells/facts'
import { PresenceCell } from './cells/presence'
import { ShiftCell } from './cells/shift-cell'
import { Customer, Subject } from './cells/subject'
import { type ColumnId, chosenOf } from './columns-that-fit'

export const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature, rowSortingFeature })
const column = createColumnHelper<typeof features, QueueRow>()

const CELLS: { readonly [id in ColumnId]: (row: QueueRow) => ReactNode } = {
  priority: (row) => <PriorityMark priority={row.priority} />,
  number: (row) => <span className={`${styles.number} digits`}>{row.number}</span>,
  subject: (row) => <Subject row={row} />,
  customer: (row) => <Customer row={row} />,
  plan: (row) => <PlanBadge plan={row.plan} />,
  status: (row) => <StatusMark status={row.status} />,
  assignee: (row) => <Assignee row={row} />,
  owner: (row) => <Owner row={row} />,
  nextDue: (row) => <NextDue row={row} />,
  firstResponse: (row) => <TargetClock name="firstResponse" report={row.report} />,
  resolution: (row) => <TargetClock name="resolution" report={row.report} />,
  promisedAt: (row) => <DueCell at={row.promisedAt} what="Update promised for" />,
  courseOfAction: (row) => <DueCell at={row.courseOfActionAt} what="Course of action due" />,
  region: (row) => <span className={styles.quiet}>{row.region}</span>,
  channel: (row) => <span className={styles.quiet}>{row.channel}</span>,
  tags: (row) => <TagsCell tags={row.tags} />,
  escalation: (row) => <EscalationCell row={row} />,
  productIssues: (row) => <IssuesCell issues={row.productIssueKeys} />,
  customerAt: (row) => <AgeCell at={row.customerAt} what="Customer wrote" isWaiting={row.awaitsReply} />,
  createdAt: (row) => <AgeCell at={row.createdAt} what="Opened" />,
  updated: (row) => <AgeCell at={row.updatedAt} what="Updated" />,
  shift: (row) => <ShiftCell at={row.nextDueAt} />,
  presence: (row) => <PresenceCell ticketId={row.id} />,
}

/** Every column the queue knows; which of them are shown, and in what order, is for the arrangement and the room. */
export const columns = column.columns(
  (Object.keys(CELLS) as ColumnId[]).map((id) =>
    column.display({
      id,
      header: queueColumnLabel(chosenOf(id)),
      cell: ({ row }) => CELLS[id](row.original),
    }),
  ),
)
