import { type Attachment, MAX_ATTACHMENT_BYTES } from '#shared/tickets/attachment'
import { readPicture } from '#shared/tickets/picture'
import { DeskFailure } from './desk-failure'
import { askedFile } from './fetch-attachment'

/**
 * Fetches a picture of a message from the portal, to be shown. What it is the bytes say, not its name or its sender.
 * @throws DeskFailure in words for the person when it is not there, or no picture that can be shown
 */
export async function fetchPicture(
  file: Pick<Attachment, 'id' | 'name' | 'size'>,
  ask: (request: Request) => Promise<Response>,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  const bytes = await askedFile(file, ask, MAX_ATTACHMENT_BYTES)
  const picture = readPicture(bytes)
  if (picture) return { type: picture.type, bytes }
  throw new DeskFailure(
    'no-picture',
    `“${file.name}” is no picture that can be shown here: save it to look at it`,
  )
}
