export const isMac = navigator.userAgent.includes('Mac')

/** How the key that gives commands is called here. */
export const MOD = isMac ? '⌘' : 'Ctrl'
