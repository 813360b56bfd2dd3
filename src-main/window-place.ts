import { z } from 'zod'
import { readIfThere, writeDurably } from './durable-file'

export const USUAL_SIZE = { width: 1280, height: 800 } as const
export const LEAST_SIZE = { width: 880, height: 560 } as const

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(LEAST_SIZE.width).max(20_000),
  height: z.number().int().min(LEAST_SIZE.height).max(20_000),
  maximized: z.boolean(),
})
/** Where the console window was, in screen pixels. */
export type WindowPlace = z.infer<typeof placeSchema>

type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** How much of the window's top edge must be on a screen, so that it can be caught and moved. */
const REACHABLE = 80

/** The stored place if it can still be seen on the screens there are now; else `undefined`. */
export function reachablePlace(
  place: WindowPlace | undefined,
  screens: readonly Area[],
): WindowPlace | undefined {
  if (place === undefined) return undefined
  const seen = screens.some(
    (screen) =>
      place.x + place.width - REACHABLE >= screen.x &&
      place.x + REACHABLE <= screen.x + screen.width &&
      place.y >= screen.y - REACHABLE &&
      place.y + REACHABLE <= screen.y + screen.height,
  )
  return seen ? place : undefined
}

/** The stored place; anything unreadable counts as none, since it is only a convenience. */
export async function readPlace(file: string): Promise<WindowPlace | undefined> {
  const text = await readIfThere(file)
  try {
    return text === undefined ? undefined : placeSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export async function writePlace(file: string, place: WindowPlace): Promise<void> {
  await writeDurably(file, JSON.stringify(place))
}
