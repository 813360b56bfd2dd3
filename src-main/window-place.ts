import { z } from 'zod'
import { readIfThere, writeDurably } from './durable-file'

type Size = { readonly width: number; readonly height: number }

/** Sizes of windows that were never moved, and below which they are of no use; in screen pixels. */
export const windowSizes = {
  console: { usual: { width: 1280, height: 800 }, least: { width: 880, height: 560 } },
  ticket: { usual: { width: 760, height: 860 }, least: { width: 460, height: 480 } },
} as const satisfies Record<string, { readonly usual: Size; readonly least: Size }>

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(windowSizes.ticket.least.width).max(20_000),
  height: z.number().int().min(windowSizes.ticket.least.height).max(20_000),
  maximized: z.boolean(),
})
/** Where a window was, in screen pixels. */
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

/** How far a window stands from the one of its kind that was there before. */
const STEP = 28
const MOST_STEPS = 12

/** The place, moved aside for as long as another window of its kind stands exactly there: both can be seen then. */
export function besideOthers(place: WindowPlace, others: readonly { x: number; y: number }[]): WindowPlace {
  let next = place
  for (
    let step = 0;
    step < MOST_STEPS && others.some(({ x, y }) => x === next.x && y === next.y);
    step += 1
  ) {
    next = { ...next, x: next.x + STEP, y: next.y + STEP }
  }
  return next
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
