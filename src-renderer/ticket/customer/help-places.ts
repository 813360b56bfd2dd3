import { z } from 'zod'
import { places } from '../../../resources/help-places.json'

const placeSchema = z.object({
  name: z.string().min(1),
  /** https, with `{words}` where the search words go. */
  address: z
    .string()
    .startsWith('https://')
    .refine((address) => address.includes('{words}'), { error: 'must say where the {words} go' }),
})

export type HelpPlace = { readonly name: string; readonly url: string }

/** A subject is a sentence; a search takes words, and an address is no place for an essay. */
const MAX_WORDS = 160
/** Half a character, which no address can carry. */
const HALF = /\p{Surrogate}/gu

/**
 * Where to look things up, each with the address of a search for `subject`. They stand in resources/help-places.json.
 * @throws ZodError when an address there is none
 */
export function helpPlaces(subject: string): readonly HelpPlace[] {
  const words = encodeURIComponent(searchWords(subject))
  return z
    .array(placeSchema)
    .parse(places)
    .map(({ name, address }) => ({ name, url: address.replaceAll('{words}', () => words) }))
}

/** Without the marks that mail programs and monitors put before a subject, cut between two words. */
export function searchWords(subject: string): string {
  const plain = subject
    .replace(HALF, '')
    .replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*:|\s*\[[^\]]{0,40}\])+/i, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.length <= MAX_WORDS) return plain
  const cut = plain.slice(0, MAX_WORDS + 1)
  const end = cut.lastIndexOf(' ')
  return cut.slice(0, end > 0 ? end : MAX_WORDS).replace(HALF, '')
}
