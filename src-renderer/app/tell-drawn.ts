import { useEffect } from 'react'
import type { LiveRows } from '../store/desk-store'

/** Tells main, two frames on, that what there is to see at a start is on the screen: the engine may start. */
export function tellDrawn(): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      window.desk.app.drawn().catch((problem: unknown) => console.error('drawn', problem))
    })
  })
}

/** Does so when the rows that this computer has are known, were it none. */
export function useTellDrawn(rows: Pick<LiveRows, 'size' | 'isReady' | 'subscribe'>): void {
  useEffect(() => {
    if (rows.size > 0 || rows.isReady()) return tellDrawn()
    const end = rows.subscribe(() => {
      end()
      tellDrawn()
    })
    return end
  }, [rows])
}
