import { useEffect, useRef } from 'react'
import { useKeys } from './keys'

/** The parts of the sheet of keys and of the palette, in their order. */
export const actionSections = ['Move', 'Queue', 'Ticket', 'Commands', 'Views', 'Find', 'Window'] as const
export type ActionSection = (typeof actionSections)[number]

/** Something a person can do now: by its keys, in the palette, and on the sheet of keys. */
export type Action = {
  /** Unique among those on the screen. */
  readonly id: string
  readonly label: string
  readonly section: ActionSection
  /** As in keys.ts: `c`, `g m`, `Mod+Enter`. */
  readonly keys?: string
  /** Other words that the palette finds it by. */
  readonly words?: string
  readonly run: () => void
}

const onScreen: { readonly current: readonly Action[] }[] = []

/** Offers actions for as long as the component is on the screen; what came last wins a key and an id. */
export function useActions(actions: readonly Action[], enabled = true): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    if (!enabled) return
    onScreen.push(latest)
    return () => {
      onScreen.splice(onScreen.indexOf(latest), 1)
    }
  }, [enabled])
  useKeys(
    Object.fromEntries(actions.flatMap(({ keys, run }) => (keys === undefined ? [] : [[keys, run]]))),
    enabled,
  )
}

/** All that can be done now. */
export function actionsOnScreen(): readonly Action[] {
  const byId = new Map<string, Action>()
  for (const { current } of onScreen) for (const action of current) byId.set(action.id, action)
  return [...byId.values()]
}
