import { SetupError } from './setup-error.mjs'

/**
 * Waits for the line with which a server says that it is ready, such as its address.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} descriptor which of its pipes the line comes from
 * @param {string} name of the server, for the error
 * @returns {Promise<string>} the line without its end
 */
export function firstLine(child, descriptor, name) {
  return new Promise((resolve, reject) => {
    const stream = child.stdio[descriptor]
    let text = ''
    let complaints = ''
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(limit)
      reject(new SetupError(`${name} ${reason}. ${complaints.trim()}`, `start ${name} by hand to see why.`))
    }
    const limit = setTimeout(() => fail('said nothing for 15 s'), 15_000)
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    child.once('exit', (code) => fail(`ended with code ${code}`))
    child.stderr?.on('data', (chunk) => {
      complaints += chunk
    })
    stream?.on('data', (chunk) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end === -1) return
      clearTimeout(limit)
      resolve(text.slice(0, end))
    })
  })
}
