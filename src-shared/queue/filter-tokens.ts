/** A stretch of the filter box, `[from, to)` in UTF-16 units. `text` is without the quotes around it. */
export type Piece = {
  readonly text: string
  readonly quoted: boolean
  readonly from: number
  readonly to: number
}

/** One term as it is written: `name:value,value`, or a piece of plain text, which has no name. */
export type Token = {
  readonly negated: boolean
  readonly name: Piece | undefined
  /** Empty ones too, where one is about to be typed. */
  readonly values: readonly Piece[]
  readonly from: number
  readonly to: number
}

const SPACE = /\s/
// A web address, the path of a drive and `12:30` are text.
const NAME = /([a-z]{2,}(?:-[a-z]+)*):(?!\/\/)/iy

/**
 * Takes the filter box apart. Blanks stand between terms; quotes keep blanks and commas, and a quote inside them is
 * written twice; a comma at the end of a value says that another follows, after blanks too.
 */
export function tokens(input: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  const blanks = () => {
    while (at < input.length && SPACE.test(input.charAt(at))) at += 1
  }
  /** @param isOneOfSeveral ends at a comma too */
  const piece = (isOneOfSeveral: boolean): Piece => {
    const from = at
    if (input.charAt(at) === '"') return { text: quoted(), quoted: true, from, to: at }
    while (at < input.length) {
      const sign = input.charAt(at)
      if (SPACE.test(sign) || (isOneOfSeveral && sign === ',')) break
      at += 1
    }
    return { text: input.slice(from, at), quoted: false, from, to: at }
  }
  const quoted = (): string => {
    let text = ''
    for (at += 1; at < input.length; at += 1) {
      if (input.charAt(at) !== '"') text += input.charAt(at)
      else if (input.charAt(at + 1) === '"') {
        text += '"'
        at += 1
      } else {
        at += 1
        break
      }
    }
    return text
  }
  const list = (): Piece[] => {
    const values = [piece(true)]
    while (input.charAt(at) === ',') {
      at += 1
      const before = at
      blanks()
      if (at === input.length) values.push({ text: '', quoted: false, from: before, to: at })
      else values.push(piece(true))
    }
    return values
  }

  for (blanks(); at < input.length; blanks()) {
    const from = at
    const negated = input.charAt(at) === '-'
    if (negated) at += 1
    NAME.lastIndex = at
    const named = NAME.exec(input)?.[1]
    let name: Piece | undefined
    if (named !== undefined) {
      name = { text: named, quoted: false, from: at, to: at + named.length }
      at += named.length + 1
    }
    const values = name ? list() : [piece(false)]
    found.push({ negated, name, values, from, to: at })
  }
  return found
}

/** A text between quotes, which `tokens` reads as it is. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
