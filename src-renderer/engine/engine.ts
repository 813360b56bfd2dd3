import { z } from 'zod'

// Before any schema is made: the content policy forbids code from strings, which Zod would otherwise try.
z.config({ jitless: true })

const [{ followSession }, { hiddenWindowWorld }] = await Promise.all([
  import('./follow-session'),
  import('./engine-world'),
])
followSession(window.desk, hiddenWindowWorld())
