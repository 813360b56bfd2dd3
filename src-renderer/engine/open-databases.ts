import type { Desk } from '#shared/ipc'
import { forgetOldTimes } from '../store/drafts'
import { JournalDb } from '../store/journal-db'
import { recoverJournal } from '../store/journal-recovery'
import { MirrorDb, readSyncState } from '../store/mirror-db'
import { deleteDatabase, NewerDatabaseError, openDatabase } from '../store/open-database'
import type { World } from '../store/world'

export type Databases = {
  readonly mirror: MirrorDb
  readonly journal: JournalDb
  /** What was rebuilt, for the person. */
  readonly notices: readonly string[]
}

/**
 * Opens the two databases of a profile and mends them before anybody writes: the journal from its second copy, the
 * mirror by fetching it again.
 * @throws NewerDatabaseError when a newer console wrote one of them; both stay as they are
 */
export async function openDatabases(
  profile: string,
  desk: Pick<Desk, 'journal'>,
  world: World,
): Promise<Databases> {
  const notices: string[] = []
  const openMirror = await openOrRebuild(() => new MirrorDb(profile, world), world)
  const mirror = openMirror.db
  try {
    const openJournal = await openOrRebuild(() => new JournalDb(profile, world), world)
    const journal = openJournal.db
    const recovered = await recoverJournal(journal, desk, profile)
    await forgetOldTimes(journal, world.now())
    const state = await readSyncState(mirror)
    const fetchAgain = state.cursor === undefined && state.bootstrap === undefined
    const again = fetchAgain ? ' The tickets are being fetched again.' : ''
    if (recovered.kind === 'restored') {
      const lost =
        recovered.unreadable > 0 ? ` ${count(recovered.unreadable, 'entry')} could not be read.` : ''
      const files =
        recovered.lostFiles > 0
          ? ` ${count(recovered.lostFiles, 'attached file')} could not be: what they go with waits for you.`
          : ''
      notices.push(
        'The local database was damaged and has been rebuilt from its second copy: ' +
          `${count(recovered.commands, 'unsent command')} and ${count(recovered.drafts, 'draft')} were kept.${files}${lost}${again}`,
      )
    } else if (openMirror.rebuilt || (fetchAgain && (await journal.notes.get('mirror-complete')))) {
      notices.push(`The local copy of the tickets was lost; nothing you wrote was in it.${again}`)
    }
    return { mirror, journal, notices }
  } catch (error) {
    mirror.close()
    throw error
  }
}

/** What can't be opened even the second time is deleted: everything in it is elsewhere too. */
async function openOrRebuild<D extends MirrorDb | JournalDb>(
  make: () => D,
  world: World,
): Promise<{ readonly db: D; readonly rebuilt: boolean }> {
  for (let attempt = 1; ; attempt += 1) {
    const db = make()
    try {
      await openDatabase(db, world)
      return { db, rebuilt: attempt > 2 }
    } catch (error) {
      db.close()
      if (error instanceof NewerDatabaseError || attempt > 2) throw error
      if (attempt === 2) await deleteDatabase(db.name, world)
    }
  }
}

function count(n: number, thing: string): string {
  const many = thing.endsWith('y') ? `${thing.slice(0, -1)}ies` : `${thing}s`
  return `${n} ${n === 1 ? thing : many}`
}
