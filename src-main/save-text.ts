import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { DeskFailure } from './desk-failure'

/**
 * Asks where to, and writes a text there. The person chooses the place, so a page can't.
 * @returns where it is now, or `undefined` when the person thought better of it
 */
export async function saveText(
  { suggestedName, text }: { readonly suggestedName: string; readonly text: string },
  window: BrowserWindow | undefined,
): Promise<string | undefined> {
  const ending = path.extname(suggestedName).slice(1)
  const question = {
    title: 'Save',
    defaultPath: path.join(app.getPath('downloads'), path.basename(suggestedName)),
    filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
  }
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, question)
    : await dialog.showSaveDialog(question)
  if (canceled || !filePath) return undefined
  try {
    await writeFile(filePath, text)
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem)
    throw new DeskFailure('not-saved', `${path.basename(filePath)} could not be saved: ${why}`)
  }
  return filePath
}
