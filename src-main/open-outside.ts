import { type BrowserWindow, dialog, shell } from 'electron'

/** Asks, showing where it leads, and only then hands the address to the system. @param url as from `externalLink` */
export async function openOutside(url: URL, window: BrowserWindow | undefined): Promise<void> {
  const question = {
    type: 'question' as const,
    title: 'Meridian',
    message: url.protocol === 'mailto:' ? 'Open your mail program?' : `Open ${url.host} in your browser?`,
    detail: url.href,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  }
  const { response } = window
    ? await dialog.showMessageBox(window, question)
    : await dialog.showMessageBox(question)
  if (response === 0) await shell.openExternal(url.href)
}
