import { Menu } from '@mantine/core'
import {
  IconAdjustmentsHorizontal,
  IconArrowBackUp,
  IconArrowsSort,
  IconCheck,
  IconColumns3,
  IconDownload,
  IconStack2,
} from '@tabler/icons-react'
import { memo } from 'react'
import { queueColumnIds, queueColumnLabel, withColumn } from '#shared/queue/chosen-columns'
import { groupings } from '#shared/queue/saved-view'
import { firstDirection, type SortField, sortFields } from '#shared/queue/view'
import { densities, setDensity, useDensity } from '../ui/density'
import { sortBy, useScreen } from '../ui/screen-state'
import type { Arrangement } from './arrangement'
import { sortName } from './sort-names'
import styles from './toolbar.module.css'
import type { ViewChanges } from './use-view-changes'

const GROUP = {
  priority: 'Priority',
  plan: 'Plan',
  status: 'Status',
  region: 'Region',
  assignee: 'Assignee',
  customer: 'Customer',
} as const
const DENSITY = { comfortable: 'Comfortable rows', dense: 'Dense rows' } as const

type Props = {
  readonly arrangement: Arrangement
  readonly changes: ViewChanges
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onExport: () => void
}

/** How the view is shown: its order in words, groups, columns, and how close rows stand. */
export const DisplayMenu = memo(function DisplayMenu(props: Props) {
  const { arrangement, changes, isOpen, onOpen, onExport } = props
  const sort = useScreen((state) => state.sort)
  const density = useDensity((state) => state.density)
  const { columns, groupBy } = arrangement
  const check = (isOn: boolean) =>
    isOn ? <IconCheck size={14} aria-label="chosen" /> : <span className={styles.noCheck} />
  /** The order that is chosen already is turned round. */
  const order = (field: SortField) => {
    const first = firstDirection(field)
    const other = first === 'asc' ? 'desc' : 'asc'
    sortBy({ field, direction: sort.field === field && sort.direction === first ? other : first })
  }
  return (
    <Menu
      position="bottom-end"
      width={240}
      shadow="md"
      transitionProps={{ duration: 80 }}
      opened={isOpen}
      onChange={onOpen}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.quietButton}
          aria-label={`Display, order: ${sortName(sort.field)}`}
          data-tip="Order, groups, columns (D)"
        >
          <IconAdjustmentsHorizontal size={14} aria-hidden />
          <span className={styles.sortName}>{sortName(sort.field)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Sub position="left-start">
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconArrowsSort size={14} aria-hidden />}>Order by</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown mah="70vh" className={styles.tall}>
            {sortFields.map((field) => (
              <Menu.Item key={field} leftSection={check(field === sort.field)} onClick={() => order(field)}>
                {sortName(field)}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub position="left-start">
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconStack2 size={14} aria-hidden />}>Group by</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <Menu.Item
              leftSection={check(groupBy === undefined)}
              onClick={() => arrangement.setGroupBy(undefined)}
            >
              No groups
            </Menu.Item>
            {groupings.map((grouping) => (
              <Menu.Item
                key={grouping}
                leftSection={check(grouping === groupBy)}
                onClick={() => arrangement.setGroupBy(grouping)}
              >
                {GROUP[grouping]}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub position="left-start">
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconColumns3 size={14} aria-hidden />}>Columns</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown mah="70vh" className={styles.tall}>
            {queueColumnIds.map((id) => {
              const isShown = columns.some((column) => column.id === id)
              return (
                <Menu.Item
                  key={id}
                  role="menuitemcheckbox"
                  aria-checked={isShown}
                  closeMenuOnClick={false}
                  disabled={id === 'subject'}
                  leftSection={check(isShown)}
                  onClick={() => arrangement.setColumns(withColumn(columns, id, !isShown))}
                >
                  {queueColumnLabel(id)}
                </Menu.Item>
              )
            })}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Divider />
        {densities.map((one) => (
          <Menu.Item key={one} leftSection={check(one === density)} onClick={() => setDensity(one)}>
            {DENSITY[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          disabled={!changes.isChanged}
          onClick={changes.revert}
        >
          As the view has it
        </Menu.Item>
        <Menu.Item leftSection={<IconDownload size={14} aria-hidden />} onClick={onExport}>
          Export as CSV
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
})
