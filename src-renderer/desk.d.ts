import type { Desk } from '#shared/ipc'

declare global {
  interface Window {
    /** What the preload gives: everything that needs the operating system. */
    readonly desk: Desk
  }
}
