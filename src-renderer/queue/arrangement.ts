import { useMemo } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { type ChosenColumn, readColumns, sameColumns, usualColumns } from '#shared/queue/chosen-columns'
import type { Grouping } from '#shared/queue/grouping'
import { groupings, type SavedView } from '#shared/queue/saved-view'
import { useDesk } from '../ui/use-desk'

/*
 * How a person likes each view: which columns, how wide, in what order, put together by what. It stays on this computer,
 * apart from the view itself, which may be everybody's.
 */
const storedSchema = z.record(
  z.string(),
  z.object({
    columns: z.array(z.object({ id: z.string(), width: z.number().optional() })).optional(),
    /** `none`: not put together, though the view says so. */
    groupBy: z.enum([...groupings, 'none']).optional(),
  }),
)
type Stored = z.infer<typeof storedSchema>
type Liking = Stored[string]

const keyOf = (profile: string): string => `meridian.queue/${profile}`

/** What another window kept meanwhile is read again before anything is written. */
function read(profile: string): Stored {
  try {
    const stored = storedSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(profile)) ?? '{}'))
    return stored.success ? stored.data : {}
  } catch (problem) {
    if (problem instanceof SyntaxError) return {}
    throw problem
  }
}

const useLikings = create<{ readonly [profile: string]: Stored }>(() => ({}))

function like(profile: string, viewId: string, change: Partial<Liking> | undefined): void {
  const { [viewId]: before, ...others } = read(profile)
  const next = change ? { ...others, [viewId]: { ...before, ...change } } : others
  localStorage.setItem(keyOf(profile), JSON.stringify(next))
  useLikings.setState({ [profile]: next })
}

export type Arrangement = {
  readonly columns: readonly ChosenColumn[]
  readonly groupBy: Grouping | undefined
  /** Whether it is another than the view's own. */
  readonly isOwn: boolean
  readonly setColumns: (columns: readonly ChosenColumn[]) => void
  readonly setGroupBy: (groupBy: Grouping | undefined) => void
  /** As the view has it again. */
  readonly reset: () => void
}

/** How the person at this desk has arranged a view. */
export function useArrangement(view: SavedView): Arrangement {
  const { profile } = useDesk()
  const known = useLikings((all) => all[profile])
  return useMemo(() => {
    const { columns: own, groupBy: ownGroup } = (known ?? read(profile))[view.id] ?? {}
    const columnsOfView = view.columns ? readColumns(view.columns) : usualColumns(view.id)
    const columns = own ? readColumns(own) : columnsOfView
    const groupBy = ownGroup === undefined ? view.groupBy : ownGroup === 'none' ? undefined : ownGroup
    return {
      columns,
      groupBy,
      isOwn: groupBy !== view.groupBy || !sameColumns(columns, columnsOfView),
      setColumns: (next) => like(profile, view.id, { columns: next.map((column) => ({ ...column })) }),
      setGroupBy: (next) => like(profile, view.id, { groupBy: next ?? 'none' }),
      reset: () => like(profile, view.id, undefined),
    }
  }, [known, profile, view])
}
