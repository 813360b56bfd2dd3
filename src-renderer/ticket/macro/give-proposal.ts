import type { DeskStore } from '../../store/desk-store'
import type { Proposal } from './proposal'

/** Gives what was proposed with a text, after the text: the outbox keeps their order. */
export async function giveProposal(
  desk: Pick<DeskStore, 'run'>,
  target: string,
  { status, tags }: Proposal,
): Promise<void> {
  if (status !== undefined) await desk.run({ type: 'set-status', target, status })
  if (tags.length > 0) await desk.run({ type: 'tag', target, add: [...tags], remove: [] })
}
