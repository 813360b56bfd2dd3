import { Menu } from '@mantine/core'
import {
  IconCheck,
  IconChevronDown,
  IconDeviceFloppy,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { memo } from 'react'
import { isBuiltin } from '#shared/queue/builtin-views'
import type { SavedView } from '#shared/queue/saved-view'
import { goTo, type QueueViews, viewName } from './queue-views'
import styles from './toolbar.module.css'
import type { ViewChanges } from './use-view-changes'

type Props = {
  readonly views: QueueViews
  readonly shown: SavedView
  readonly countOf: (viewId: string) => number
  readonly changes: ViewChanges
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  /** Grows with the numbers, while they can be seen. */
  readonly version: number
}

/** All views with their numbers, and what can be done to the one that is shown. */
export const ViewsMenu = memo(function ViewsMenu(props: Props) {
  const { views, shown, countOf, changes, isOpen, onOpen } = props
  const item = (view: SavedView) => (
    <Menu.Item
      key={view.id}
      leftSection={
        view.id === shown.id ? (
          <IconCheck size={14} aria-label="shown" />
        ) : (
          <span className={styles.noCheck} />
        )
      }
      rightSection={<span className={`${styles.count} digits`}>{countOf(view.id).toLocaleString('en')}</span>}
      onClick={() => goTo(view)}
    >
      {viewName(view)}
    </Menu.Item>
  )
  return (
    <Menu
      position="bottom-start"
      width={280}
      shadow="md"
      transitionProps={{ duration: 80 }}
      opened={isOpen}
      onChange={onOpen}
    >
      <Menu.Target>
        <button type="button" className={styles.quietButton} data-tip="All views (g v)">
          Views <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" className={styles.tall}>
        {views.builtin.map(item)}
        {views.own.length > 0 && <Menu.Label>Mine</Menu.Label>}
        {views.own.map(item)}
        {views.shared.length > 0 && <Menu.Label>Shared</Menu.Label>}
        {views.shared.map(item)}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={14} aria-hidden />}
          rightSection={<kbd>S</kbd>}
          onClick={changes.saveAs}
        >
          Save as a new view
        </Menu.Item>
        {!isBuiltin(shown.id) && changes.mayEdit && (
          <>
            {changes.isChanged && (
              <Menu.Item leftSection={<IconDeviceFloppy size={14} aria-hidden />} onClick={changes.update}>
                Save the changes to “{shown.name}”
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={changes.edit}>
              Rename or change “{shown.name}”
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={changes.remove}>
              Delete “{shown.name}”
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
})
