/** A digit is so many bits: three of them are a word, six a number. */
const DIGIT = 11
const DIGITS = 6
const VALUES = 1 << DIGIT
const SIGN = 0x8000_0000
/** Numbers lie in memory with their low word first, on every machine that this runs on. */
const LOW = 0
const HIGH = 1

/**
 * Sorts slots by a number of each, ascending, in time that grows with their count alone; those with the same number keep their
 * order. Infinite numbers are fine.
 * @param keys by slot
 * @returns the sorted array, which may be another one than `slots`
 */
export function sortByNumber<T extends ArrayBufferLike>(
  slots: Int32Array<T>,
  keys: Float64Array,
): Int32Array<T> | Int32Array<ArrayBuffer> {
  const words = comparableWords(slots, keys)
  const counts = countDigits(slots, words)
  let from: Int32Array<T> | Int32Array<ArrayBuffer> = slots
  let to: Int32Array<T> | Int32Array<ArrayBuffer> | undefined
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const places = placesOf(counts, digit, slots.length)
    // All have the same digit here.
    if (!places) continue
    const word = digit < DIGITS / 2 ? LOW : HIGH
    const shift = (digit % (DIGITS / 2)) * DIGIT
    const sorted = to ?? new Int32Array(slots.length)
    for (let at = 0; at < from.length; at += 1) {
      const slot = from[at] ?? 0
      const value = ((words[2 * slot + word] ?? 0) >>> shift) & (VALUES - 1)
      const place = places[value] ?? 0
      places[value] = place + 1
      sorted[place] = slot
    }
    to = from
    from = sorted
  }
  return from
}

/** The bits of numbers, changed so that they compare as the numbers do when taken as whole ones without a sign. */
function comparableWords(slots: Int32Array, keys: Float64Array): Uint32Array {
  const numbers = new Float64Array(keys.length)
  const words = new Uint32Array(numbers.buffer)
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0
    // Of the two zeros there is to be one.
    numbers[slot] = (keys[slot] ?? 0) + 0
    const high = words[2 * slot + HIGH] ?? 0
    if (high >= SIGN) {
      words[2 * slot + HIGH] = ~high
      words[2 * slot + LOW] = ~(words[2 * slot + LOW] ?? 0)
    } else words[2 * slot + HIGH] = high + SIGN
  }
  return words
}

/** How often each value stands at each digit, one digit after the other. */
function countDigits(slots: Int32Array, words: Uint32Array): Int32Array {
  const counts = new Int32Array(DIGITS * VALUES)
  const add = (digit: number, value: number) => {
    const at = digit * VALUES + (value & (VALUES - 1))
    counts[at] = (counts[at] ?? 0) + 1
  }
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0
    const low = words[2 * slot + LOW] ?? 0
    const high = words[2 * slot + HIGH] ?? 0
    add(0, low)
    add(1, low >>> DIGIT)
    add(2, low >>> (2 * DIGIT))
    add(3, high)
    add(4, high >>> DIGIT)
    add(5, high >>> (2 * DIGIT))
  }
  return counts
}

/** Where each value of a digit begins; undefined when all have the same one. */
function placesOf(counts: Int32Array, digit: number, count: number): Int32Array | undefined {
  const places = counts.subarray(digit * VALUES, (digit + 1) * VALUES)
  let place = 0
  for (let value = 0; value < VALUES; value += 1) {
    const many = places[value] ?? 0
    if (many === count) return undefined
    places[value] = place
    place += many
  }
  return places
}
