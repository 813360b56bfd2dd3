import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { startNotificationDaemon, startSessionBus } from '../../scripts/setup/session-bus.mjs'

/** A call of org.freedesktop.Notifications.Notify as it went over the bus. */
export type BusNotification = {
  readonly app: string
  readonly title: string
  readonly body: string
  readonly actions: readonly string[]
  /** 0 low, 1 normal, 2 critical; absent when the app gave none. */
  readonly urgency: number | undefined
}

/** Reads what dbus-monitor prints of Notify calls; exported for its own test. */
export function parseMonitor(text: string): BusNotification[] {
  return text
    .split(/^(?=method call|method return|signal|error)/m)
    .filter((block) => /^method call[^\n]*member=Notify\n[\s\S]*\n {3}int32 -?\d+\n/.test(block))
    .map((block) => {
      const strings = [...block.matchAll(/^ {3}string "([\s\S]*?)"$/gm)].map((match) => match[1] ?? '')
      const [actions = ''] = /^ {3}array \[[\s\S]*?^ {3}\]/m.exec(block) ?? []
      const urgency = /string "urgency"\s+variant\s+byte (\d)/.exec(block)?.[1]
      return {
        app: strings[0] ?? '',
        title: strings[2] ?? '',
        body: strings[3] ?? '',
        actions: [...actions.matchAll(/string "([^"]*)"/g)].map((match) => match[1] ?? ''),
        urgency: urgency === undefined ? undefined : Number(urgency),
      }
    })
}

/** A D-Bus session of its own with a real notification daemon (dunst) and a listener beside it. */
export class NotificationBus {
  private constructor(
    readonly env: NodeJS.ProcessEnv,
    private readonly monitor: ChildProcess,
    private readonly stops: readonly (() => Promise<void>)[],
  ) {
    monitor.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString('utf8')
    })
  }

  private output = ''

  /** Needs DISPLAY, dbus-daemon, dbus-monitor and dunst; throws when one of them is not there. */
  static async start(): Promise<NotificationBus> {
    const bus = await startSessionBus(process.env)
    const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: bus.address }
    const daemon = await startNotificationDaemon(env)
    if (!daemon.running)
      throw new Error('dunst did not come up on the bus: is it installed, is there a DISPLAY?')
    const monitor = spawn(
      'dbus-monitor',
      ['--session', "type='method_call',interface='org.freedesktop.Notifications',member='Notify'"],
      { env, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const listening = new Promise<void>((resolve) => monitor.stdout?.once('data', () => resolve()))
    const started = new NotificationBus(env, monitor, [daemon.stop, bus.stop])
    await listening
    return started
  }

  /** Everything shown on this bus so far, oldest first. */
  shown(): readonly BusNotification[] {
    return parseMonitor(this.output)
  }

  /** Clicks the newest notification, as a person would. */
  async clickNewest(): Promise<void> {
    await promisify(execFile)('dunstctl', ['action', '0'], { env: this.env })
  }

  async stop(): Promise<void> {
    this.monitor.kill()
    for (const stop of this.stops) await stop()
  }
}
