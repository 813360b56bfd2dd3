import { create } from 'zustand'

/** How close together rows stand: for an eye that wants many at once, or for one that wants room. */
export const densities = ['comfortable', 'dense'] as const
export type Density = (typeof densities)[number]

const KEY = 'meridian.density'

function stored(): Density {
  return localStorage.getItem(KEY) === 'dense' ? 'dense' : 'comfortable'
}

/** Stays on this computer; other windows follow when they open. */
export const useDensity = create<{ readonly density: Density }>(() => ({ density: stored() }))

export function setDensity(density: Density): void {
  localStorage.setItem(KEY, density)
  useDensity.setState({ density })
}
