import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { type Attachment, MAX_ATTACHMENT_BYTES } from '#shared/tickets/attachment'
import { DeskFailure } from './desk-failure'
import { askedFile } from './fetch-attachment'

/**
 * Asks where to, fetches a file of a message from the portal and writes it there. The person chooses the place; nothing
 * is ever opened or run.
 * @returns where it is now, or `undefined` when the person thought better of it
 */
export async function saveAttachment(
  file: Pick<Attachment, 'id' | 'name' | 'size'>,
  window: BrowserWindow | undefined,
  ask: (request: Request) => Promise<Response>,
): Promise<string | undefined> {
  const question = {
    title: 'Save',
    defaultPath: path.join(app.getPath('downloads'), path.basename(file.name)),
  }
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, question)
    : await dialog.showSaveDialog(question)
  if (canceled || !filePath) return undefined
  const bytes = await askedFile(file, ask, MAX_ATTACHMENT_BYTES)
  // Half a file would look like a whole one, and what was there before stays until the new one is whole.
  const part = `${filePath}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, filePath)
  } catch (problem) {
    await rm(part, { force: true }).catch(() => {})
    const why = problem instanceof Error ? problem.message : String(problem)
    throw new DeskFailure('not-saved', `${path.basename(filePath)} could not be saved: ${why}`)
  }
  return filePath
}
