import type { Present } from '../../store/desk-store'

/** Who else is here, those who reply first: `Ben Ng is replying, Ana Ruiz and 2 others are viewing`. */
export function othersWords(others: readonly Present[]): string {
  return (['replying', 'viewing'] as const)
    .flatMap((doing) => {
      const names = others.filter((one) => one.doing === doing).map(({ name }) => name)
      return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? 'is' : 'are'} ${doing}`]
    })
    .join(', ')
}

/** Two names are told; of more the first, and how many others. */
function listed(names: readonly string[]): string {
  const [first = '', second] = names
  if (second === undefined) return first
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} others`
}
