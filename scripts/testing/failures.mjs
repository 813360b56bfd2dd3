/** Told again at the end of a run, where they are looked for. @typedef {{ title: string, why: string }} Failure */

const LONGEST = 600
const ESC = String.fromCharCode(27)
const COLOURS = new RegExp(`${ESC}\\[[0-9;]*m`, 'g')

/**
 * @param {unknown} report of vitest's or Playwright's JSON reporter
 * @returns {readonly Failure[]} what failed in it and why, shortened; empty when it can't be read
 */
export function failuresOf(report) {
  const { testResults, suites } = record(report)
  return [
    ...list(testResults).flatMap(failuresOfFile),
    ...list(suites).flatMap((suite) => failuresOfSuite(suite, [])),
  ]
}

/**
 * @param {unknown} file of vitest's report
 * @returns {readonly Failure[]}
 */
function failuresOfFile(file) {
  const { name, status, message, assertionResults } = record(file)
  const failed = list(assertionResults)
    .map(record)
    .filter((test) => test.status === 'failed')
  if (failed.length === 0)
    return status === 'failed' ? [{ title: text(name), why: short(text(message)) }] : []
  return failed.map((test) => ({
    title: `${text(name)} › ${text(test.fullName)}`,
    why: short(list(test.failureMessages).map(text).join('\n')),
  }))
}

/**
 * @param {unknown} suite of Playwright's report
 * @param {readonly string[]} above
 * @returns {readonly Failure[]}
 */
function failuresOfSuite(suite, above) {
  const { title, suites, specs } = record(suite)
  const path = [...above, text(title)].filter((part) => part !== '')
  const failed = list(specs)
    .map(record)
    .filter(({ ok }) => ok === false)
  return [
    ...failed.map((spec) => ({ title: [...path, text(spec.title)].join(' › '), why: short(whyOf(spec)) })),
    ...list(suites).flatMap((inner) => failuresOfSuite(inner, path)),
  ]
}

/** @param {Record<string, unknown>} spec */
function whyOf(spec) {
  const results = list(spec.tests).flatMap((test) => list(record(test).results))
  return text(record(results.map(record).find(({ error }) => error !== undefined)?.error).message)
}

/** @param {string} message */
function short(message) {
  const plain = message.replace(COLOURS, '').trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)} …` : plain
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function record(value) {
  return typeof value === 'object' && value !== null ? /** @type {Record<string, unknown>} */ (value) : {}
}

/**
 * @param {unknown} value
 * @returns {readonly unknown[]}
 */
function list(value) {
  return Array.isArray(value) ? value : []
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' ? value : ''
}
