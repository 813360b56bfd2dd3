import type { BrowserWindow } from 'electron'
import { z } from 'zod'
import type { ZoomStep } from '#shared/ipc'
import { readIfThere, writeDurably } from './durable-file'

/** In percent. Below the least nothing can be read, above the most nothing fits. */
export const zoomLevels = [80, 90, 100, 110, 125, 150, 175, 200] as const
const USUAL = 100

const storedSchema = z.object({ percent: z.number().min(zoomLevels[0]).max(200) })

/** The level that a step leads to from any percentage. */
export function zoomAfter(percent: number, step: ZoomStep): number {
  switch (step) {
    case 'larger':
      return zoomLevels.find((level) => level > percent) ?? 200
    case 'smaller':
      return zoomLevels.findLast((level) => level < percent) ?? 80
    case 'usual':
      return USUAL
    case 'as-is':
      return percent
  }
}

/** How large everything is drawn, in all windows alike; kept. */
export type Zoom = {
  factor(): number
  follow(window: BrowserWindow): void
  /** @returns the percentage there is now */
  step(step: ZoomStep): number
  /** Resolves once it is on the disk. */
  saved(): Promise<void>
}

/** @param file keeps it; anything unreadable in there counts as the usual size */
export async function zoomOfWindows(file: string, report: (problem: string) => void): Promise<Zoom> {
  const windows = new Set<BrowserWindow>()
  let percent = await readZoom(file)
  let saving: Promise<void> = Promise.resolve()

  const apply = (window: BrowserWindow) => {
    if (!window.isDestroyed()) window.webContents.setZoomFactor(percent / 100)
  }
  return {
    factor: () => percent / 100,
    follow(window) {
      windows.add(window)
      // What Chromium remembers of a page from an earlier run gives way to what was chosen.
      window.webContents.on('did-navigate', () => apply(window))
      window.on('closed', () => windows.delete(window))
    },
    step(step) {
      const next = zoomAfter(percent, step)
      if (next === percent) return percent
      percent = next
      for (const window of windows) apply(window)
      saving = saving
        .then(() => writeDurably(file, JSON.stringify({ percent: next })))
        .catch((error: unknown) => {
          report(`the zoom could not be kept: ${error instanceof Error ? error.message : error}`)
        })
      return percent
    },
    saved: () => saving,
  }
}

/** The stored percentage, or the usual one. */
export async function readZoom(file: string): Promise<number> {
  const text = await readIfThere(file)
  try {
    const read = storedSchema.safeParse(JSON.parse(text ?? ''))
    return read.success ? read.data.percent : USUAL
  } catch {
    return USUAL
  }
}
