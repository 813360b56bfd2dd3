import type { Handlers } from '#shared/ipc'
import type { Attachment } from '#shared/tickets/attachment'
import type { Alarm } from './alarm'
import { DeskFailure } from './desk-failure'
import { externalLink } from './external-link'
import type { JournalCopy } from './journal-copy'
import type { Navigation } from './navigation'
import type { Notifications } from './notifications'
import type { ShownAlerts } from './shown-alerts'
import type { SignIn } from './sign-in'
import type { TicketWindows } from './ticket-windows'
import type { DeskTray } from './tray'
import type { WipeOrders } from './wipe-orders'
import type { Zoom } from './zoom'

type SavedFile = Pick<Attachment, 'id' | 'name' | 'size'>

/** One handler for each call of the contract; each only hands on to the part that knows. */
export function handlers(parts: {
  readonly info: { readonly version: string; readonly electron: string; readonly startedWith: 'ui' | 'flags' }
  readonly drawn: () => void
  readonly settled: () => void
  readonly openExternal: (url: URL) => Promise<void>
  readonly saveAttachment: (file: SavedFile) => Promise<string | undefined>
  readonly fetchPicture: (file: SavedFile) => Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }>
  readonly saveText: (what: { suggestedName: string; text: string }) => Promise<string | undefined>
  readonly signIn: SignIn
  readonly alarm: Alarm
  readonly notifications: Notifications
  readonly tray: DeskTray
  readonly journal: JournalCopy
  readonly shown: ShownAlerts
  readonly wipes: WipeOrders
  readonly ticketWindows: Pick<TicketWindows, 'open'>
  readonly navigation: Pick<Navigation, 'inConsole'>
  readonly zoom: Pick<Zoom, 'step'>
}): Handlers {
  const { signIn, journal, wipes } = parts
  return {
    app: {
      info: () => ({ ...parts.info, platform: process.platform }),
      drawn: () => {
        parts.drawn()
        return undefined
      },
      settled: () => {
        parts.settled()
        return undefined
      },
      openExternal: async ({ url }) => {
        const link = externalLink(url)
        if (link === undefined) {
          throw new DeskFailure(
            'refused-link',
            'Only https and mailto links can be opened outside the console',
          )
        }
        await parts.openExternal(link)
        return undefined
      },
    },
    session: {
      current: () => signIn.current(),
      demoPeople: () => signIn.demoPeople(),
      signInDemo: ({ agentId }) => signIn.signInDemo(agentId),
      connect: (to) => signIn.connect(to),
      signOut: async ({ notice, wipe }) => {
        await signIn.signOut(notice, wipe)
        return undefined
      },
      expired: async () => {
        await signIn.expired()
        return undefined
      },
    },
    alarm: {
      set: ({ at }) => {
        parts.alarm.set(at)
        return undefined
      },
    },
    notification: {
      show: ({ profile, alert }) => parts.notifications.show(alert, profile),
      badge: ({ atRisk }) => {
        parts.tray.badge(atRisk)
        return undefined
      },
    },
    journal: {
      append: async ({ profile, lines }) => {
        await journal.append(profile, lines)
        return undefined
      },
      read: ({ profile }) => journal.read(profile),
    },
    local: {
      wipes: async () => [...(await wipes.pending())],
      wiped: async ({ profile, what }) => {
        if (what === 'everything') {
          await journal.forget(profile)
          await parts.shown.forget(profile)
        }
        await wipes.done({ profile, what })
        return undefined
      },
    },
    files: {
      saveText: async (what) => {
        const path = await parts.saveText(what)
        return path === undefined ? {} : { path }
      },
      saveAttachment: async (file) => {
        const path = await parts.saveAttachment(file)
        return path === undefined ? {} : { path }
      },
      picture: parts.fetchPicture,
    },
    navigation: {},
    window: {
      openTicket: async ({ ticketId }) => {
        await parts.ticketWindows.open(ticketId)
        return undefined
      },
      showConsole: ({ ticketId }) => {
        parts.navigation.inConsole(ticketId)
        return undefined
      },
      zoom: ({ to }) => ({ percent: parts.zoom.step(to) }),
    },
    power: {},
  }
}
