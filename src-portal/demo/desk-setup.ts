import { z } from 'zod'
import { type SavedView, savedViewSchema } from '#shared/queue/saved-view'
import { type Rota, rotaSchema } from '#shared/shifts/rota'
import { type Macro, macroSchema } from '#shared/tickets/macro'
import macrosJson from '../../resources/demo/macros.json' with { type: 'json' }
import viewsJson from '../../resources/demo/views.json' with { type: 'json' }
import rotaJson from '../../resources/rota/follow-the-sun.json' with { type: 'json' }

/** What the desk has set up for itself: the texts it writes again and again, the views it looks at, who works when. */
export const deskMacros: readonly Macro[] = z.array(macroSchema).parse(macrosJson)
export const deskViews: readonly SavedView[] = z.array(savedViewSchema).parse(viewsJson)
export const deskRota: Rota = rotaSchema.parse(rotaJson)
