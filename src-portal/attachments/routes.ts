import { Hono } from 'hono'
import { z } from 'zod'
import { MAX_ATTACHMENT_BYTES } from '#shared/tickets/attachment'
import type { Instant } from '#shared/time/instant'
import type { Database } from '../db/database'
import { readBytes } from '../http/body'
import { decodeInput } from '../http/decode'
import { ProblemError } from '../http/problem'
import type { Signed } from '../http/signed'
import { readAttachment, storeAttachment } from './store'

const path = z.strictObject({ id: z.uuid() })
const BINARY = 'application/octet-stream'

/** Files that go with messages: stored before the message is sent, read by everybody who reads the message. */
export function attachmentRoutes(db: Database, now: () => Instant): Hono<Signed> {
  const app = new Hono<Signed>()
  app.put('/v1/attachments/:id', async (c) => {
    const { id } = decodeInput(path, c.req.param())
    const content = await readBytes(c.req.raw, BINARY, MAX_ATTACHMENT_BYTES)
    if (content.byteLength === 0) throw new ProblemError('bad-request', 'body: this file is empty')
    const stored = await storeAttachment(db, { id, agentId: c.get('agent').id, content, at: now() })
    if (stored === 'taken') {
      throw new ProblemError('bad-request', 'id: another file has this id: make a new one', { field: 'id' })
    }
    return c.body(null, 204)
  })
  app.get('/v1/attachments/:id', async (c) => {
    const { id } = decodeInput(path, c.req.param())
    const content = await readAttachment(db, id, c.get('agent').id)
    if (!content) throw new ProblemError('not-found', `there is no file ${id}`)
    // Whatever it claims to be, no browser is to show it as a page of this portal.
    return c.body(new Uint8Array(content), 200, {
      'content-type': BINARY,
      'content-disposition': 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })
  return app
}
