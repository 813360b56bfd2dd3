import type { AlertRequest } from '#shared/ipc'
import type { ShownAlerts } from './shown-alerts'

/** What of Electron's `Notification` is used. */
export type NativeNotification = {
  on(event: 'show' | 'click' | 'close', listener: () => void): unknown
  on(event: 'failed', listener: (event: unknown, error: string | undefined) => void): unknown
  show(): void
  close(): void
}
export type NotificationOptions = {
  readonly title: string
  readonly body: string
  readonly urgency: 'normal' | 'critical'
  readonly timeoutType: 'default' | 'never'
}

export type ShowResult = { readonly shown: boolean; readonly why?: string }

export type Notifications = {
  /**
   * Shows an alert of a person once for its key; resolves when the system has taken it, or with why it did not. One of
   * somebody who is not signed in (any more) is not shown.
   */
  show(alert: AlertRequest, profile: string): Promise<ShowResult>
  /** Takes what is still on the screen away, since somebody else is there now. */
  clear(): void
}

/** The system takes a notification within milliseconds; whoever is silent for this long has no daemon. */
const WAIT_MS = 3000
/** Notifications are kept until closed, or the collector takes their click away; systems don't always say it. */
const MOST_KEPT = 100
/** Said of an alert that may have been taken just before the console was killed (shown-alerts.ts). */
const AGAIN = 'You may have seen this already.'
const NOT_THEIRS = 'somebody else is signed in'

/** Native notifications. */
export function notifications(parts: {
  readonly isSupported: () => boolean
  readonly make: (options: NotificationOptions) => NativeNotification
  readonly shown: ShownAlerts
  /** Who is signed in; undefined for nobody. */
  readonly profile: () => string | undefined
  /** A click; the ticket of somebody who is no longer signed in is not opened. */
  readonly clicked: (ticketId: string | undefined) => void
  readonly waitMs?: number
}): Notifications {
  const kept = new Set<NativeNotification>()
  const underway = new Map<string, Promise<ShowResult>>()

  async function showOnce(alert: AlertRequest, profile: string, key: string): Promise<ShowResult> {
    const before = await parts.shown.state(key)
    if (before === 'shown') return { shown: true }
    if (parts.profile() !== profile) return { shown: false, why: NOT_THEIRS }
    if (!parts.isSupported()) return { shown: false, why: 'this system has no notifications' }
    await parts.shown.begin(key)
    if (parts.profile() !== profile) {
      if (before === undefined) await parts.shown.withdraw(key)
      return { shown: false, why: NOT_THEIRS }
    }
    const body = before === 'begun' ? `${alert.body}\n${AGAIN}` : alert.body
    const result = await showNow({ ...alert, body }, profile)
    if (result === 'silent') return { shown: false, why: 'the system did not take the notification' }
    if (result.shown) await parts.shown.add(key)
    else if (before === undefined) await parts.shown.withdraw(key)
    return result
  }

  /** `silent`: the system has not answered, so it may show it or not. */
  function showNow(alert: AlertRequest, profile: string): Promise<ShowResult | 'silent'> {
    const notification = parts.make({
      title: plain(alert.title),
      body: forDaemon(alert.body),
      urgency: alert.urgency,
      timeoutType: alert.urgency === 'critical' ? 'never' : 'default',
    })
    keep(notification)
    return new Promise((resolve) => {
      const limit = setTimeout(() => resolve('silent'), parts.waitMs ?? WAIT_MS)
      const settle = (result: ShowResult) => {
        clearTimeout(limit)
        resolve(result)
      }
      notification.on('show', () => settle({ shown: true }))
      notification.on('failed', (_event, error) => {
        kept.delete(notification)
        settle({ shown: false, why: refusalOf(error) })
      })
      notification.on('click', () => parts.clicked(parts.profile() === profile ? alert.ticketId : undefined))
      notification.on('close', () => kept.delete(notification))
      notification.show()
    })
  }

  function keep(notification: NativeNotification): void {
    kept.add(notification)
    const [oldest] = kept
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  }

  return {
    show(alert, profile) {
      const key = `${profile} ${alert.key}`
      const already = underway.get(key)
      if (already !== undefined) return already
      const result = showOnce(alert, profile, key).finally(() => underway.delete(key))
      underway.set(key, result)
      return result
    },
    clear() {
      for (const notification of kept) notification.close()
      kept.clear()
    },
  }
}

/** Electron 25 on Linux gives no reason; there it means that no notification service answers on the session bus. */
function refusalOf(error: string | undefined): string {
  return error ? `the system refused it (${error.slice(0, 500)})` : 'no notification service is running'
}

/** Without control characters and marks that turn the direction of text: a subject is written by strangers. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, ' ')
}

/** Notification daemons of Linux read the body, not the title, as markup. */
function forDaemon(text: string): string {
  const safe = plain(text)
  if (process.platform !== 'linux') return safe
  return safe.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
