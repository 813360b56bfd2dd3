import type { Desk } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import type { DeskStore } from '../store/desk-store'
import type { OpenDesk } from './app'

/**
 * Begins to open the desk of whoever is signed in while the first views are still being made: it is there when they ask for
 * it. Whoever asks for another one gets that.
 */
export function earlyDesk(open: OpenDesk, desk: Desk): OpenDesk {
  let early: { readonly profile: string; readonly store: Promise<DeskStore> } | undefined
  let isOver = false
  const take = (profile: string): Promise<DeskStore> | undefined => {
    const begun = early
    isOver = true
    early = undefined
    endListening()
    if (begun?.profile === profile) return begun.store
    begun?.store.then(
      (store) => store.close(),
      () => {},
    )
    return undefined
  }
  const endListening = desk.session.changed((state) => {
    if (state.kind !== 'signed-in' || state.profile !== early?.profile) take('')
  })
  const begin = (profile: string, me: Agent): void => {
    const store = Promise.resolve(open(profile, me, desk))
    // Whoever asks for it is told why it can't be opened.
    store.catch(() => {})
    early = { profile, store }
  }
  desk.session.current().then(
    (state) => {
      if (!isOver && state.kind === 'signed-in') begin(state.profile, state.agent)
    },
    () => {},
  )
  return (profile, me, given) => take(profile) ?? open(profile, me, given)
}
