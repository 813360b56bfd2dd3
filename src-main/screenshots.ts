import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { BrowserWindow, NativeTheme } from 'electron'
import { writeDurably } from './durable-file'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const themes = ['dark', 'light'] as const
const FRAME_LIMIT_MS = 10_000

/**
 * Saves pictures of a window in both sizes and themes, and leaves it as it was.
 * @returns the files
 * @throws Error when the page does not take a size or theme within ten seconds
 */
export async function takeScreenshots(
  window: BrowserWindow,
  theme: NativeTheme,
  folder: string,
  saved: (file: string) => void,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  // Where the pointer happens to be must not show.
  window.webContents.sendInputEvent({ type: 'mouseLeave', x: 0, y: 0 })
  const before = { theme: theme.themeSource, size: window.getContentSize() }
  for (const { width, height } of sizes) {
    for (const name of themes) {
      theme.themeSource = name
      window.setContentSize(width, height)
      await painted(window, { width, height, dark: name === 'dark' })
      const picture = await window.webContents.capturePage()
      const file = path.join(folder, `console-${width}x${height}-${name}.png`)
      await writeDurably(file, picture.toPNG())
      saved(file)
    }
  }
  theme.themeSource = before.theme
  window.setContentSize(before.size[0] ?? sizes[0].width, before.size[1] ?? sizes[0].height)
}

type Look = { readonly width: number; readonly height: number; readonly dark: boolean }

/** Waits until the page has the look, no transition runs, and two frames have been drawn since. */
async function painted(window: BrowserWindow, look: Look): Promise<void> {
  const took = await window.webContents.executeJavaScript(
    `(${waitForLook.toString()})(${JSON.stringify(look)}, ${FRAME_LIMIT_MS})`,
  )
  if (took !== true) throw new Error(`the window did not become ${look.width}×${look.height}`)
}

/** Runs in the page, so it uses nothing from here. */
function waitForLook({ width, height, dark }: Look, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs
  return new Promise((resolve) => {
    const animates = () =>
      document
        .getAnimations()
        .some(
          ({ playState, effect }) =>
            playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
        )
    const check = () => {
      const fits =
        innerWidth === width &&
        innerHeight === height &&
        matchMedia('(prefers-color-scheme: dark)').matches === dark
      if (fits && !animates()) requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))
      else if (performance.now() > end) resolve(fits)
      else requestAnimationFrame(check)
    }
    requestAnimationFrame(check)
  })
}
