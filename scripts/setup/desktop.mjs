import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { startNotificationDaemon, startSessionBus } from './session-bus.mjs'
import { step } from './step.mjs'

const screen = { width: 1440, height: 900 }

/**
 * @typedef {object} Desktop
 * @property {boolean} virtual whether the windows are drawn into memory, where nobody sees them
 * @property {NodeJS.ProcessEnv} env the environment for the app: this process's, with DISPLAY and DBUS_SESSION_BUS_ADDRESS
 * @property {() => Promise<void>} stop ends what was started; may be called twice
 */

/** @returns {boolean} whether `startDesktop` will start servers of its own; only on Linux */
export function needsVirtualDesktop() {
  return (
    !hasDisplay() || (process.platform === 'linux' && (process.env.DBUS_SESSION_BUS_ADDRESS ?? '') === '')
  )
}

/**
 * A screen and a D-Bus session for the app. What the user's session has is used; what it lacks is started: Xvfb, and a private
 * bus with dunst so that native notifications really appear. `isolated` starts all of it anyway, for tests. On other systems than
 * Linux the user's session is all there is.
 *
 * @param {{ isolated?: boolean }} [options]
 * @returns {Promise<Desktop>}
 */
export async function startDesktop(options = {}) {
  const isolated = options.isolated === true && process.platform === 'linux'
  if (!isolated && !needsVirtualDesktop()) return { virtual: false, env: process.env, stop: async () => {} }
  return await step('display', async (say) => {
    /** @type {(() => Promise<void>)[]} */
    const stops = []
    const stop = async () => {
      for (const end of stops.splice(0).reverse()) await end()
    }
    try {
      const virtual = isolated || !hasDisplay()
      const env = virtual ? await virtualScreen(stops, say) : { ...process.env }
      if (isolated || (env.DBUS_SESSION_BUS_ADDRESS ?? '') === '') await privateBus(env, stops, say)
      return { virtual, env, stop }
    } catch (error) {
      await stop()
      throw error
    }
  })
}

/**
 * @param {(() => Promise<void>)[]} stops
 * @param {(text: string) => void} say
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function virtualScreen(stops, say) {
  const server = await startVirtualDisplay(screen)
  stops.push(server.stop)
  say(`Xvfb on ${server.display},`)
  return {
    ...process.env,
    DISPLAY: server.display,
    // Newer Electrons would go to the user's Wayland screen instead.
    WAYLAND_DISPLAY: undefined,
    XDG_SESSION_TYPE: 'x11',
    NO_AT_BRIDGE: '1',
  }
}

/**
 * @param {NodeJS.ProcessEnv} env gets the address of the bus
 * @param {(() => Promise<void>)[]} stops
 * @param {(text: string) => void} say
 */
async function privateBus(env, stops, say) {
  const bus = await startSessionBus(env)
  stops.push(bus.stop)
  env.DBUS_SESSION_BUS_ADDRESS = bus.address
  const notifications = await startNotificationDaemon(env)
  stops.push(notifications.stop)
  say(
    `private D-Bus session ${notifications.running ? 'with dunst for notifications' : 'without notifications (dunst is not running)'}`,
  )
}
