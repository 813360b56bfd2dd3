import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Policy } from '#shared/sla/policy'
import type { Calendar } from '#shared/time/calendar'
import { checkFile, type FileCheck } from './check-file'
import { Refusal } from './refusal'

const resources = fileURLToPath(new URL('../../resources/', import.meta.url))
const shippedPolicy = `${resources}policies/bigpanda.json`

const regionsSchema = z.object({
  regions: z.array(z.object({ id: z.string(), name: z.string(), calendar: z.string() })),
})

/** A calendar, and how it was found when it was not named in full. */
export type Found = { readonly calendar: Calendar; readonly taken: string | undefined }

/** @throws Refusal naming file, field, value and remedy */
export async function readPolicy(file: string = shippedPolicy): Promise<Policy> {
  const read = await readTerms(file)
  if (read.kind === 'policy') return read.value
  throw new Refusal(`--policy ${file}: is a ${read.kind}, not a policy pack`)
}

/**
 * The calendar of a file, or the shipped one of that id, of a region's default (`emea`), or whose id alone has this
 * beginning (`emea-b`) or this part (`berlin`).
 * @throws Refusal when there is none, or more than one
 */
export async function findCalendar(name: string): Promise<Found> {
  if (name.endsWith('.json') || name.includes('/')) {
    const read = await readTerms(name)
    if (read.kind === 'calendar') return { calendar: read.value, taken: undefined }
    throw new Refusal(`--calendar ${name}: is a ${read.kind}, not a calendar`)
  }
  const ids = (await readdir(`${resources}calendars`)).map((file) => file.replace(/\.json$/, '')).sort()
  const shipped = async (id: string, taken: string | undefined) => ({
    ...(await findCalendar(`${resources}calendars/${id}.json`)),
    taken,
  })
  const wanted = name.toLowerCase()
  if (ids.includes(wanted)) return shipped(wanted, undefined)
  const { regions } = regionsSchema.parse(JSON.parse(await readFile(`${resources}regions.json`, 'utf8')))
  const region = regions.find(({ id }) => id === wanted)
  if (region !== undefined) return shipped(region.calendar, `the default of ${region.name}`)
  const begins = ids.filter((id) => id.startsWith(wanted))
  const found = begins.length > 0 ? begins : ids.filter((id) => `${id}-`.includes(`-${wanted}-`))
  const [only] = found
  if (only !== undefined && found.length === 1) return shipped(only, `the only one '${name}' can mean`)
  throw new Refusal(
    found.length > 1
      ? `--calendar ${name}: could be ${found.join(' or ')}; write more of it`
      : `--calendar ${name}: is no calendar; take ${ids.join(', ')}, one of the regions ${regions.map(({ id }) => id).join(', ')}, or a file ending in .json`,
  )
}

/** A policy pack or a calendar, whichever the file holds. */
export async function readTerms(file: string): Promise<Extract<FileCheck, { ok: true }>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file}: cannot be read (${error.code ?? error.message}); check the path`)
  })
  const result = checkFile(text)
  if (result.ok) return result
  throw new Refusal(result.problems.map(({ field, message }) => `${file}: ${field}: ${message}`).join('\n'))
}
