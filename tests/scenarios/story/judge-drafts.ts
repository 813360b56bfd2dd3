import type { ComposerKind } from '../../../src-renderer/store/desk-store'
import type { DeskWindow } from '../simulator/computer'
import type { StoryDesk } from './desk'
import { Violation } from './violation'

/**
 * I11: each box holds what was typed there last, and nothing that was sent.
 * @param rest lets everything happen that can happen now
 */
export async function judgeDrafts(
  desk: StoryDesk,
  window: DeskWindow,
  rest: () => Promise<void>,
): Promise<void> {
  const { store, process } = window
  if (!store) return
  for (const key of desk.drafts.keys()) {
    const [ticket = '', kind = ''] = key.split('/')
    let found: string | undefined
    process
      .do(() => store.readDraft(ticket, kind as ComposerKind))
      .then((text) => {
        found = text
      })
    await rest()
    if (found === undefined || !desk.drafts.holds(key, found)) {
      const wanted = desk.drafts
        .mayBe(key)
        .map((text) => JSON.stringify(text))
        .join(' or ')
      throw new Violation('I11', `${desk.computer.name}'s ${key} is ${JSON.stringify(found)}, not ${wanted}`)
    }
  }
}
