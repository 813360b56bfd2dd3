import { startBackgroundProcess } from './background-process.mjs'
import { firstLine } from './first-line.mjs'

/** @returns {boolean} whether windows can be shown to somebody; always true where there is no X11 or Wayland to ask for */
export function hasDisplay() {
  if (process.platform !== 'linux') return true
  return (process.env.DISPLAY ?? '') !== '' || (process.env.WAYLAND_DISPLAY ?? '') !== ''
}

/**
 * Starts an X server that draws into memory.
 *
 * @param {{ width: number, height: number }} size pixels
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>} `display` such as `:3`, one that was free
 */
export async function startVirtualDisplay(size) {
  const server = await startBackgroundProcess(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${size.width}x${size.height}x24`, '-dpi', '96', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  )
  try {
    const number = await firstLine(server.child, 3, 'Xvfb')
    return { display: `:${number.trim()}`, stop: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}
