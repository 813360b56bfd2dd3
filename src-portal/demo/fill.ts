import type { Random } from './random'

export type Vars = { readonly [name: string]: string }

/**
 * Fills a text of the scenario: `{name}` becomes a value, `[one|another|]` one of its alternatives (an alternative
 * may contain values but no further alternatives). A name that ends with a full stop ends a sentence, too.
 * Throws when a value is missing, and names it.
 */
export function fill(template: string, vars: Vars, random: Random): string {
  const filled = template
    .replace(/\[([^[\]]*\|[^[\]]*)\]/g, (_, options: string) => random.pick(options.split('|')))
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = vars[name]
      if (value === undefined) throw new Error(`no value for {${name}} in "${template.slice(0, 60)}"`)
      return value
    })
  return filled.includes('..') ? filled.replace(/(?<!\.)\.\.(?!\.)/g, '.') : filled
}
