import { createContext, useContext } from 'react'
import type { ComposerKind, ParkedCommand } from '../store/desk-store'

export type ParkedOfTicket = {
  readonly parked: readonly ParkedCommand[]
  /** Puts a text back into the composer, beside what is there; resolves once it is safe. */
  readonly takeBack: (kind: ComposerKind, body: string) => Promise<void>
}

const ParkedContext = createContext<ParkedOfTicket | undefined>(undefined)
export const ParkedProvider = ParkedContext

/** What of the open ticket waits for the person. */
export function useParked(): ParkedOfTicket {
  const value = useContext(ParkedContext)
  if (!value) throw new Error('a parked command is shown outside its ticket')
  return value
}
