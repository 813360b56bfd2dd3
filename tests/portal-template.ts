import { resolve } from 'node:path'
import { buildTemplate, readTemplate } from '../src-portal/db/template'

/** Archive of an empty, initialised database, the same that the build makes. */
export const TEMPLATE = resolve(import.meta.dirname, '../out/portal-template.tar.gz')

/** Runs once before the tests: initialising a database takes seconds, unpacking one a moment. */
export default async function setup(): Promise<void> {
  if (!(await readTemplate(TEMPLATE))) await buildTemplate(TEMPLATE)
}
