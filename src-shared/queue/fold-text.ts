const BEYOND_ASCII = /[\u0080-\uffff]/
const ACCENTS = /\p{M}+/gu
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/gu

/** Text as it is compared: in lower case and without accents, so that "angstrom" finds "Ångström". */
export function foldText(text: string): string {
  const plain = BEYOND_ASCII.test(text) ? text.normalize('NFD').replace(ACCENTS, '') : text
  return plain.toLowerCase()
}

/**
 * Tells whether a name begins with what is wanted, or has words that do: "ana" finds Ana Souza and not Joana,
 * "acme labs" finds The Acme Labs Ltd. Answers are kept by name, for there are few names on many rows.
 */
export function nameMatcher(wanted: string): (name: string) => boolean {
  const start = wordsOf(wanted)
  // Of signs alone there are no words.
  const asTyped = foldText(wanted)
  const answers = new Map<string, boolean>()
  return (name) => {
    const known = answers.get(name)
    if (known !== undefined) return known
    const answer = start === ' ' ? foldText(name).includes(asTyped) : wordsOf(name).includes(start)
    answers.set(name, answer)
    return answer
  }
}

function wordsOf(text: string): string {
  return ` ${foldText(text).replace(BETWEEN_WORDS, ' ').trim()}`
}
