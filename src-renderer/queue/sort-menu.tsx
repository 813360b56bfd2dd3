import { Menu } from '@mantine/core'
import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { firstDirection, type SortField, sortFields } from '#shared/queue/view'
import { sortBy, useScreen } from '../ui/screen-state'
import styles from './queue.module.css'

const LABEL = {
  nextDue: 'Next due first',
  priority: 'Priority',
  number: 'Ticket number',
  subject: 'Subject',
  customer: 'Customer',
  plan: 'Plan',
  status: 'Status',
  assignee: 'Assignee',
  region: 'Region',
  channel: 'Channel',
  tags: 'Tags',
  firstResponse: 'First response due',
  resolution: 'Resolution due',
  promisedAt: 'Update promised',
  courseOfAction: 'Course of action due',
  escalation: 'Escalation',
  productIssues: 'Product issues',
  customerAt: 'Last word from the customer',
  createdAt: 'Age',
  updated: 'Last updated',
} as const satisfies Record<SortField, string>

/** Says the order in words, also of a column that there is no room for, and changes it. */
export function SortMenu() {
  const sort = useScreen((state) => state.sort)
  return (
    <Menu position="bottom-end" width={240} shadow="md" transitionProps={{ duration: 80 }}>
      <Menu.Target>
        <button type="button" className={styles.sort} aria-label={`Order: ${LABEL[sort.field]}`}>
          <IconArrowsSort size={14} aria-hidden />
          <span className={styles.sortName}>{LABEL[sort.field]}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Order by</Menu.Label>
        {sortFields.map((field) => (
          <Menu.Item
            key={field}
            rightSection={field === sort.field ? <IconCheck size={14} aria-label="chosen" /> : undefined}
            onClick={() => sortBy({ field, direction: firstDirection(field) })}
          >
            {LABEL[field]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
