import type { AlertRequest } from '#shared/ipc'
import type { ShownAlerts } from './shown-alerts'

/** What of Electron's `Notification` is used. */
export type NativeNotification = {
  on(event: 'show' | 'click' | 'close', listener: () => void): unknown
  on(event: 'failed', listener: (event: unknown, error: string | undefined) => void): unknown
  show(): void
}
export type NotificationOptions = {
  readonly title: string
  readonly body: string
  readonly urgency: 'normal' | 'critical'
  readonly timeoutType: 'default' | 'never'
}

export type ShowResult = { readonly shown: boolean; readonly why?: string }

export type Notifications = {
  /** Shows an alert once for its key; resolves when the system has taken it, or with why it did not. */
  show(alert: AlertRequest): Promise<ShowResult>
}

/** The system takes a notification within milliseconds; whoever is silent for this long has no daemon. */
const WAIT_MS = 3000
/** Notifications are kept until closed, or the collector takes their click away; systems don't always say it. */
const MOST_KEPT = 100

/**
 * Native notifications.
 * @param parts.scope prefix of the keys: whose alerts these are
 */
export function notifications(parts: {
  readonly isSupported: () => boolean
  readonly make: (options: NotificationOptions) => NativeNotification
  readonly shown: ShownAlerts
  readonly scope: () => string
  /** A notification of somebody who is no longer signed in opens no ticket. */
  readonly clicked: (ticketId: string | undefined) => void
  readonly waitMs?: number
}): Notifications {
  const kept = new Set<NativeNotification>()
  const underway = new Map<string, Promise<ShowResult>>()

  async function showOnce(alert: AlertRequest, key: string): Promise<ShowResult> {
    if (await parts.shown.has(key)) return { shown: true }
    if (!parts.isSupported()) return { shown: false, why: 'this system has no notifications' }
    const result = await showNow(alert, parts.scope())
    if (result.shown) await parts.shown.add(key)
    return result
  }

  function showNow(alert: AlertRequest, scope: string): Promise<ShowResult> {
    const notification = parts.make({
      title: plain(alert.title),
      body: forDaemon(alert.body),
      urgency: alert.urgency,
      timeoutType: alert.urgency === 'critical' ? 'never' : 'default',
    })
    keep(notification)
    return new Promise((resolve) => {
      const limit = setTimeout(
        () => resolve({ shown: false, why: 'the system did not take the notification' }),
        parts.waitMs ?? WAIT_MS,
      )
      const settle = (result: ShowResult) => {
        clearTimeout(limit)
        resolve(result)
      }
      notification.on('show', () => settle({ shown: true }))
      notification.on('failed', (_event, error) => {
        kept.delete(notification)
        settle({ shown: false, why: refusalOf(error) })
      })
      notification.on('click', () => parts.clicked(parts.scope() === scope ? alert.ticketId : undefined))
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
    show(alert) {
      const key = `${parts.scope()} ${alert.key}`
      const already = underway.get(key)
      if (already !== undefined) return already
      const result = showOnce(alert, key).finally(() => underway.delete(key))
      underway.set(key, result)
      return result
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
