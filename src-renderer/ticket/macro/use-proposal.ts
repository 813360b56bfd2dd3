import { useCallback, useState } from 'react'
import { z } from 'zod'
import { statusSchema } from '#shared/sla/policy'
import type { ComposerKind } from '../../store/desk-store'
import { useDesk } from '../../ui/use-desk'
import { unfinished } from '../command-form/unfinished'
import { isNothing, NOTHING_PROPOSED, type Proposal } from './proposal'

const stored = z.object({ status: statusSchema.optional(), tags: z.array(z.string()) })

/** What goes with the text that is being written, kept as long as the text is. */
export function useProposal(ticketId: string, kind: ComposerKind) {
  const kept = unfinished(useDesk().profile)
  // `early/` says that it belongs to a draft and is no form of its own.
  const key = `early/${ticketId}/${kind}/with`
  const [proposal, setProposal] = useState(() => readProposal(kept.read(key)?.with))
  const change = useCallback(
    (next: Proposal) => {
      setProposal(next)
      if (isNothing(next)) kept.drop(key)
      else kept.keep(key, { with: JSON.stringify(next) })
    },
    [kept, key],
  )
  return [proposal, change] as const
}

function readProposal(text: string | undefined): Proposal {
  if (text === undefined) return NOTHING_PROPOSED
  try {
    const read = stored.safeParse(JSON.parse(text))
    return read.success ? read.data : NOTHING_PROPOSED
  } catch (problem) {
    if (problem instanceof SyntaxError) return NOTHING_PROPOSED
    throw problem
  }
}
