import type { DeskMessage } from '../store/desk-channel'
import type { MirrorDb } from '../store/mirror-db'
import type { Channel } from '../store/world'
import type { AlertKeeper } from './alert-keeper'
import type { AlertTiming } from './alert-timing'
import type { FirstSyncCourse } from './first-sync'
import type { WrittenPage } from './pull'
import type { StatusBoard } from './status-board'
import type { TextSearch } from './text-search'

/** Everybody who wants to know of a page of records. */
export type PageAudience = {
  readonly channel: Channel<DeskMessage>
  readonly search: TextSearch
  readonly alerts: AlertKeeper
  readonly alertTiming: AlertTiming
  readonly firstSync: FirstSyncCourse
  readonly board: StatusBoard
  readonly mirror: MirrorDb
}

/** Tells the windows, the search and the alerts what a page brought to the mirror, and says in the status how far it is. */
export async function tellPage(
  { change, problems, state: at }: WrittenPage,
  { channel, search, alerts, alertTiming, firstSync, board, mirror }: PageAudience,
): Promise<void> {
  channel.post({
    type: 'mirror',
    tickets: [...change.tickets],
    messagesOf: [...change.messagesOf],
    others: change.others,
  })
  const { bootstrap } = at
  search.changed(change.messagesOf)
  alerts.noteChange(change)
  board.contacted()
  if (bootstrap) {
    firstSync.show(bootstrap)
    if (bootstrap.openDone) {
      alertTiming.openTicketsAreHere()
      alertTiming.now()
    }
  } else board.endFirstSync()
  if (problems.length > 0) {
    const all = await mirror.problems.count()
    const what = all === 1 ? 'One record' : `${all} records`
    const first = problems[0]?.problem
    board.notice(`${what} can't be read by this version and wait for a newer one: ${first}`, 'problems')
  }
}
