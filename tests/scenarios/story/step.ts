import type { z } from 'zod'
import type { commandSchema } from '#shared/commands/command'
import type { Rule } from '../simulator/weather'
import type { AgentName } from '../simulator/workspace'

type Draft<C> = C extends { target: string } ? Omit<C, 'id' | 'at' | 'baseVersion' | 'target'> : never
/** What somebody does to a ticket, in wire form and without its target. A text of which there is only one names itself. */
export type What = Draft<z.input<typeof commandSchema>>

/** How long until the next step: so many events at most, a time, or until nothing is left to do. */
export type Pause = { readonly events: number } | { readonly ms: number } | 'rest'

export type Step = {
  /** At once, when left out. */
  readonly pause?: Pause
} & (
  | {
      readonly do: 'command'
      readonly desk: number
      readonly window?: number
      readonly ticket: string
      readonly what: What
    }
  /** Several people do the same at the same moment. */
  | { readonly do: 'all'; readonly ticket: string; readonly what: What }
  | {
      readonly do: 'draft'
      readonly desk: number
      readonly ticket: string
      readonly kind: 'reply' | 'note'
      readonly text: string
    }
  /** Sends what stands in the box that was typed in last. */
  | { readonly do: 'send'; readonly desk: number }
  | { readonly do: 'retry' | 'discard'; readonly desk: number }
  | { readonly do: 'sync'; readonly desk: number }
  | {
      readonly do: 'kill'
      readonly desk: number
      readonly what: 'app' | 'engine' | 'window'
      readonly lose?: readonly Loss[]
      readonly downMs?: number
    }
  | { readonly do: 'quit'; readonly desk: number; readonly downMs: number }
  | { readonly do: 'window'; readonly desk: number }
  | { readonly do: 'sign in'; readonly desk: number }
  | {
      readonly do: 'network'
      readonly desk: number | 'all'
      readonly rule: Rule
      readonly announced?: boolean
    }
  | { readonly do: 'poison'; readonly desk: number; readonly ticket: string; readonly as: '500' | '413' }
  | {
      readonly do: 'portal'
      readonly is: 'killed' | 'back' | 'forgetful' | 'set back' | 'saved' | 'restarted'
    }
  | { readonly do: 'streams'; readonly are: 'cut' | 'silent' | 'talking' | 'not offered' | 'offered' }
  | { readonly do: 'clock'; readonly of: number | 'portal'; readonly byMs: number }
  | { readonly do: 'sleep'; readonly desk: number | 'all'; readonly ms: number }
  | { readonly do: 'disk'; readonly desk: number; readonly is: 'full' | 'roomy' }
  | { readonly do: 'notifications'; readonly desk: number; readonly are: 'broken' | 'working' }
  | { readonly do: 'delete' | 'create' | 'customer writes'; readonly ticket: string }
)
export type Loss = 'mirror' | 'journal'

export type DeskSetup = {
  readonly who: AgentName
  readonly windows: number
  /** `warm`: the app ran on this computer before. */
  readonly start: 'warm' | 'cold'
}

/** A whole story as data: with its seed, all that happens follows from it. */
export type Story = {
  readonly seed: number
  readonly desks: readonly DeskSetup[]
  readonly hasStreams: boolean
  /** Most records that the portal puts into a page. */
  readonly pageCap: number
  readonly steps: readonly Step[]
}
