import { setTimeout as wait } from 'node:timers/promises'
import { startBackgroundProcess } from './background-process.mjs'
import { firstLine } from './first-line.mjs'
import { onPath } from './on-path.mjs'
import { runCommand } from './run-command.mjs'

/**
 * Starts a private D-Bus session bus.
 *
 * @param {NodeJS.ProcessEnv} env of the bus, which services that it starts inherit
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>}
 */
export async function startSessionBus(env) {
  const daemon = await startBackgroundProcess('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  try {
    return { address: await firstLine(daemon.child, 1, 'dbus-daemon'), stop: daemon.stop }
  } catch (error) {
    await daemon.stop()
    throw error
  }
}

/**
 * Starts dunst, which shows notifications on the display and answers for them on the bus.
 *
 * @param {NodeJS.ProcessEnv} env with DISPLAY and DBUS_SESSION_BUS_ADDRESS
 * @returns {Promise<{ running: boolean, stop: () => Promise<void> }>} `running` is false when it is not installed or did not come up
 */
export async function startNotificationDaemon(env) {
  if ((await onPath('dunst')) === undefined) return { running: false, stop: async () => {} }
  const daemon = await startBackgroundProcess('dunst', [], { env, stdio: 'ignore' })
  for (let attempt = 0; attempt < 50 && daemon.child.exitCode === null; attempt += 1) {
    if (await notificationsAreServed(env)) return { running: true, stop: daemon.stop }
    await wait(100)
  }
  await daemon.stop()
  return { running: false, stop: async () => {} }
}

/**
 * Whether somebody on the bus shows notifications.
 *
 * @param {NodeJS.ProcessEnv} env with DBUS_SESSION_BUS_ADDRESS
 */
async function notificationsAreServed(env) {
  const answer = await runCommand(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.Notifications',
    ],
    { env, timeoutMs: 5000 },
  )
  return answer.stdout.includes('boolean true')
}
