import { z } from 'zod'

// Imported before any schema is made: compiling schemas with `new Function` is refused by our content security policy.
z.config({ jitless: true })
