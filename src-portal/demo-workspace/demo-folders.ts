import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type Instant, instantSchema } from '#shared/time/instant'

const MARK = 'demo.json'
const PREFIX = 'demo-'

/** Raised whenever the same seed and time give another scenario than before. */
export const EDITION = 3

/**
 * What a demo is, beside its database. Written once its queue is complete, so a demo without it was never usable.
 * `complete`: its history is there as well. `edition`: of the scenario; the first one did not say so.
 */
const markSchema = z.object({
  seed: z.string(),
  madeAt: instantSchema,
  complete: z.boolean(),
  edition: z.number().int().default(1),
})
export type Mark = z.output<typeof markSchema>

/** A demo of a data directory; without a mark it was never finished. */
export type DemoFolder = { readonly folder: string; readonly mark: Mark | undefined }

export function newDemoFolder(dataDir: string, now: Instant): string {
  return path.join(dataDir, `${PREFIX}${now.toString(36)}`)
}

async function readMark(folder: string): Promise<Mark | undefined> {
  try {
    return markSchema.decode(JSON.parse(await readFile(path.join(folder, MARK), 'utf8')))
  } catch {
    return undefined
  }
}

export async function writeMark(folder: string, mark: Mark): Promise<void> {
  const file = path.join(folder, MARK)
  await writeFile(`${file}.new`, JSON.stringify(markSchema.encode(mark)))
  await rename(`${file}.new`, file)
}

/** Every demo of a data directory, newest first, those without a mark last. */
export async function findDemos(dataDir: string): Promise<readonly DemoFolder[]> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith(PREFIX))
  const found = await Promise.all(
    names.map(async (name) => {
      const folder = path.join(dataDir, name)
      return { folder, mark: await readMark(folder) }
    }),
  )
  return found.sort((a, b) => (b.mark?.madeAt ?? 0) - (a.mark?.madeAt ?? 0))
}

/** Removes demos that were never usable and those made before an instant. */
export async function removeDemos(demos: readonly DemoFolder[], madeBefore: Instant): Promise<void> {
  for (const { folder, mark } of demos) {
    if (!mark || mark.madeAt < madeBefore) await rm(folder, { recursive: true, force: true })
  }
}
