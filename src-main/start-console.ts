import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import {
  app,
  BrowserWindow,
  ipcMain,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
} from 'electron'
import { afterClose, hasTray } from './after-close'
import { alarm } from './alarm'
import type { Arguments } from './arguments'
import type { Bugs } from './bugs'
import { consoleScheme, listServedFiles } from './console-scheme'
import { consoleWindow } from './console-window'
import { guardSession } from './doors'
import { embeddedPortal } from './embedded-portal'
import { engineWindow } from './engine-window'
import { fetchPicture } from './fetch-picture'
import { handlers } from './handlers'
import { journalCopy } from './journal-copy'
import { keychain } from './keychain'
import type { Log } from './log'
import { setMenu } from './menu'
import { navigation } from './navigation'
import { notifications } from './notifications'
import { openOutside } from './open-outside'
import { forkPortal } from './portal-process'
import { portalScheme } from './portal-scheme'
import { encodePush } from './push'
import { saveAttachment } from './save-attachment'
import { saveText } from './save-text'
import { screenshotMode } from './screenshot-mode'
import { serve } from './serve'
import { sessionStore } from './session-store'
import { shownAlerts } from './shown-alerts'
import { signIn } from './sign-in'
import { systemClock } from './system-clock'
import { linkOf, type SystemLinks } from './system-links'
import { ticketWindows } from './ticket-windows'
import { deskTray } from './tray'
import { windowMemory } from './window-memory'
import { openWindows } from './windows'
import { wipeOrders } from './wipe-orders'
import { zoomOfWindows } from './zoom'

/** Puts the parts together and opens the windows. To be called once the app is ready. */
export async function startConsole(parts: {
  readonly wanted: Arguments
  readonly userData: string
  readonly log: Log
  readonly bugs: Bugs
  readonly links: SystemLinks
}): Promise<void> {
  const { wanted, userData, bugs } = parts
  const root = app.getAppPath()
  const icons = path.join(root, 'resources/icons')
  const report = (problem: string) => parts.log.write(problem)
  const { now } = systemClock
  let profile: string | undefined

  const windows = openWindows()
  const common = { preload: path.join(root, 'out/preload/preload.cjs'), windows, report, now }
  const devTools = !app.isPackaged
  const platform = process.platform
  const trayIsSeen = hasTray(
    platform,
    process.env.ORIGINAL_XDG_CURRENT_DESKTOP ?? process.env.XDG_CURRENT_DESKTOP,
  )
  const life = { quitting: false }

  const closed = () => {
    if (life.quitting || ui.current() !== undefined || tickets.count > 0) return
    const next = afterClose({ platform, tray: trayIsSeen, signedIn: profile !== undefined })
    if (next === 'quit') app.quit()
  }
  // Pictures are to be the same wherever the window was last.
  const memoryOf = (name: string) =>
    windowMemory(wanted.screenshots === undefined ? path.join(userData, name) : undefined, report)
  const memories = { console: memoryOf('window.json'), ticket: memoryOf('ticket-window.json') }
  const zoom = await zoomOfWindows(path.join(userData, 'zoom.json'), report)
  const seen = { ...common, icon: path.join(icons, 'icon.png'), devTools, zoom, closed }
  const ui = consoleWindow({ ...seen, memory: memories.console })
  const tickets = ticketWindows({ ...seen, memory: memories.ticket })
  const ways = navigation({ console: ui, tickets, windows, bug: bugs.report })
  const openUi = () => {
    ui.show().catch((error: unknown) => bugs.report(error, 'opening the console window'))
  }
  const tray = deskTray({ seen: trayIsSeen, icons, open: openUi, quit: () => app.quit() })

  const tellAwake = () => {
    windows.push('all', encodePush('power', 'woke', undefined))
  }
  const bell = alarm({
    clock: systemClock,
    ring: () => windows.push('engine', encodePush('alarm', 'ring', undefined)),
    woke: tellAwake,
  })
  const woke = () => {
    tellAwake()
    bell.check()
  }
  powerMonitor.on('resume', woke)
  powerMonitor.on('unlock-screen', woke)

  const network = session.fromPartition('portal')
  network.setUserAgent(`Meridian/${app.getVersion()} (${platform})`)
  const fetchOut = (url: string, init: RequestInit) => network.fetch(url, init)
  const template = path.join(root, 'out/portal-template.tar.gz')
  const demo = embeddedPortal({
    fork: () => forkPortal(path.join(root, 'out/main/portal.cjs'), report),
    start: { dataDir: path.join(userData, 'demo-portal'), ...(existsSync(template) ? { template } : {}) },
    report,
    now,
  })
  const wipes = wipeOrders(path.join(userData, 'wipe.json'), report)
  const shown = shownAlerts(path.join(userData, 'shown-alerts.json'), report)
  const alerts = notifications({
    isSupported: () => Notification.isSupported(),
    make: (options) => new Notification({ ...options, icon: path.join(icons, 'icon-128.png') }),
    shown,
    profile: () => profile,
    clicked: ways.toTicket,
  })
  const desk = signIn(
    {
      fetch: fetchOut,
      store: sessionStore(path.join(userData, 'session.json'), report),
      keychain: keychain(safeStorage, platform),
      demo,
      wipes,
      report,
      changed: (state) => {
        const next = state.kind === 'signed-in' ? state.profile : undefined
        if (next !== profile) {
          bell.set(undefined)
          tray.badge(0)
          alerts.clear()
        }
        if (profile !== undefined && next !== profile) {
          tickets.closeAll()
          // What the engine still sends for the one person must not go out with the token of the other.
          door.hold()
          engine.reload()
        }
        profile = next
        door.closeAll()
        windows.push('all', encodePush('session', 'changed', state))
      },
      stillValid: () => engine.reload(),
      later: systemClock.later,
    },
    wanted,
  )
  const door = portalScheme({ target: () => desk.target(), fetch: fetchOut })
  const engine = engineWindow({ ...common, left: () => door.closeAll(), arrived: () => door.release() })
  const journal = journalCopy(path.join(userData, 'journal'), report)
  const pictures = screenshotMode(wanted, () => ui.current())

  serve({
    receiver: ipcMain,
    windowOf: windows.kindOf,
    bug: bugs.report,
    handlers: handlers({
      info: {
        version: app.getVersion(),
        electron: process.versions.electron ?? '',
        startedWith: (wanted.portal ?? wanted.demoPerson) ? 'flags' : 'ui',
      },
      drawn: engine.start,
      settled: pictures.settled,
      openExternal: (url) => openOutside(url, BrowserWindow.getFocusedWindow() ?? ui.current()),
      saveAttachment: (file) =>
        saveAttachment(file, BrowserWindow.getFocusedWindow() ?? ui.current(), door.handle),
      fetchPicture: (file) => fetchPicture(file, door.handle),
      saveText: (what) => saveText(what, BrowserWindow.getFocusedWindow() ?? ui.current()),
      signIn: desk,
      alarm: bell,
      notifications: alerts,
      tray,
      journal,
      shown,
      wipes,
      ticketWindows: tickets,
      navigation: ways,
      zoom,
    }),
  })

  // With the engine hidden and the console closed the app lives on; what ends it is decided when the console closes.
  app.on('window-all-closed', () => {})
  app.on('activate', openUi)
  // Nothing of the other's command line is acted upon but a link, which only leads somewhere.
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const link = linkOf(data)
    if (link === undefined) openUi()
    else ways.follow(link)
  })
  app.on('before-quit', () => {
    life.quitting = true
    engine.stop()
  })
  app.on('will-quit', (event) => {
    event.preventDefault()
    // What was typed in the last moments is in the pages' own storage, which is written lazily.
    session.defaultSession.flushStorageData()
    bell.stop()
    door.closeAll()
    void Promise.allSettled([
      demo.stop(),
      journal.close(),
      memories.console.saved(),
      memories.ticket.saved(),
      zoom.saved(),
    ]).then(() => app.exit(pictures.exitCode()))
  })

  setMenu(platform, devTools, zoom.step)
  guardSession(session.defaultSession)
  const files = await listServedFiles(path.join(root, 'out/renderer'))
  protocol.handle(
    'console',
    consoleScheme(files, () => randomBytes(16).toString('base64')),
  )
  protocol.handle('portal', (request) => door.handle(request))
  await ui.show()
  engine.startSoon()
  parts.links.send(ways.follow)

  const state = await desk.current()
  if (state.kind === 'signed-in') profile = state.profile
  else if (state.notice !== undefined) process.stderr.write(`Meridian: not signed in: ${state.notice}\n`)
}
