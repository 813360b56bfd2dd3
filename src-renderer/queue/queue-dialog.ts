import { create } from 'zustand'
import { focusHome } from '../ui/focus-home'
import type { BulkKind } from './bulk/bulk-kinds'

/** What the queue asks before it does something. */
export type QueueDialog =
  | { readonly kind: 'view'; readonly as: 'new' | 'edited' }
  | { readonly kind: 'bulk'; readonly what: BulkKind }

type Asked = {
  readonly dialog: QueueDialog | undefined
  /** A menu that a key can open. */
  readonly menu: 'views' | 'display' | undefined
}

export const useQueueDialog = create<Asked>(() => ({ dialog: undefined, menu: undefined }))

export function ask(dialog: QueueDialog | undefined): void {
  useQueueDialog.setState({ dialog, menu: undefined })
}

export function showMenu(menu: Asked['menu']): void {
  useQueueDialog.setState({ menu })
  // What a menu did may have taken away what had the keyboard before it.
  if (menu === undefined) requestAnimationFrame(() => document.activeElement === document.body && focusHome())
}
