import type { Handlers } from '#shared/ipc'
import type { Alarm } from './alarm'
import { DeskFailure } from './desk-failure'
import { externalLink } from './external-link'
import type { JournalCopy } from './journal-copy'
import type { Notifications } from './notifications'
import type { SignIn } from './sign-in'
import type { DeskTray } from './tray'

/** One handler for each call of the contract; each only hands on to the part that knows. */
export function handlers(parts: {
  readonly info: { readonly version: string; readonly electron: string; readonly startedWith: 'ui' | 'flags' }
  readonly settled: () => void
  readonly openExternal: (url: URL) => Promise<void>
  readonly signIn: SignIn
  readonly alarm: Alarm
  readonly notifications: Notifications
  readonly tray: DeskTray
  readonly journal: JournalCopy
}): Handlers {
  const { signIn, journal } = parts
  return {
    app: {
      info: () => ({ ...parts.info, platform: process.platform }),
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
      signOut: async ({ notice }) => {
        await signIn.signOut(notice)
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
      show: (alert) => parts.notifications.show(alert),
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
    navigation: {},
    power: {},
  }
}
