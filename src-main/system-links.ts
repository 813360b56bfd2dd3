import type { App } from 'electron'
import { z } from 'zod'
import { LINK_SCHEME } from '#shared/deep-link'

/** What a second start hands to the first one. */
const handedOver = z.object({ link: z.string().max(2000) })
export type HandedOver = z.infer<typeof handedOver>

/** The link in what a second start handed over; `undefined` when it was only started again. */
export function linkOf(data: unknown): string | undefined {
  return handedOver.safeParse(data).data?.link
}

/** Links of the system, which may come before there is anybody to follow them. */
export type SystemLinks = {
  /** From now on links go to `follow`; those that came before go first. */
  send(follow: (link: string) => void): void
}

/**
 * Listens for links from the start on: macOS hands over the one that started the app before it is ready.
 * @param first of the command line
 */
export function systemLinks(app: App, first: string | undefined): SystemLinks {
  const early = first === undefined ? [] : [first]
  let follow = (link: string): void => {
    early.push(link)
  }
  app.on('open-url', (event, link) => {
    event.preventDefault()
    follow(link)
  })
  return {
    send(next) {
      follow = next
      for (const link of early.splice(0)) next(link)
    },
  }
}

/**
 * Makes the console what opens `meridian:` links on this computer. Whatever an address contains stays one argument
 * after `--`. Only an installed console does so: one that is run from source would leave a dead entry behind.
 */
export function registerLinks(app: App): void {
  if (!app.isPackaged) return
  app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ['--'])
}
