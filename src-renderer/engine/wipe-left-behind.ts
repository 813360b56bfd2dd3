import type { Desk } from '#shared/ipc'
import { JournalDb, journalName } from '../store/journal-db'
import { mirrorName } from '../store/mirror-db'
import { deleteDatabase, openDatabase } from '../store/open-database'
import { formsOf, TypedText } from '../store/typed-text'
import type { World } from '../store/world'

/**
 * Removes the local data of those who asked for it when they signed out. Main remembers who did until it is done, so
 * what is cut off here is done again; nobody's engine runs meanwhile.
 */
export async function wipeLeftBehind(desk: Pick<Desk, 'local'>, world: World): Promise<void> {
  for (const { profile, what } of await desk.local.wipes()) {
    await deleteDatabase(mirrorName(profile), world)
    if (what === 'everything') {
      await deleteDatabase(journalName(profile), world)
      for (const kept of [profile, formsOf(profile)]) new TypedText(world.typed, kept).forget()
    } else await forgetMirror(profile, world)
    await desk.local.wiped({ profile, what })
  }
}

/** A mirror that was removed on purpose is not to be missed at the next start. */
async function forgetMirror(profile: string, world: World): Promise<void> {
  const there = await world.databases.factory.databases()
  if (!there.some(({ name }) => name === journalName(profile))) return
  const journal = new JournalDb(profile, world)
  try {
    await openDatabase(journal, world)
    await journal.notes.delete('mirror-complete')
  } finally {
    journal.close()
  }
}
