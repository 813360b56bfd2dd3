import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout, without a slash at the end. Scripts work from any current folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** A short name for this checkout, to tell several apart that share one cache folder. */
export const checkoutId = createHash('sha256').update(root).digest('hex').slice(0, 12)
