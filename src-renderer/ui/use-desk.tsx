import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import type { DeskStore, Live } from '../store/desk-store'
import { createTicker, type Ticker } from './ticker'

type DeskOfWindow = { readonly store: DeskStore; readonly ticker: Ticker }
const DeskContext = createContext<DeskOfWindow | undefined>(undefined)

export function DeskProvider({
  store,
  children,
}: {
  readonly store: DeskStore
  readonly children: ReactNode
}) {
  const [desk, setDesk] = useState<DeskOfWindow>()
  useEffect(() => {
    const ticker = createTicker(() => store.now())
    setDesk({ store, ticker })
    return () => ticker.stop()
  }, [store])
  return desk && <DeskContext value={desk}>{children}</DeskContext>
}

function useDeskOfWindow(): DeskOfWindow {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('a view of the desk is outside <DeskProvider>')
  return desk
}

/** The signed-in desk of this window. */
export function useDesk(): DeskStore {
  return useDeskOfWindow().store
}

export function useTicker(): Ticker {
  return useDeskOfWindow().ticker
}

export function useLive<T>(live: Live<T>): T {
  // Another function would be another subscription, and watching a ticket anew reads it anew.
  const subscribe = useCallback((listener: () => void) => live.subscribe(listener), [live])
  return useSyncExternalStore(subscribe, () => live.get())
}
