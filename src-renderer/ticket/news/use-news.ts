import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import type { Message } from '#shared/tickets/message'
import type { ComposerKind, TicketView } from '../../store/desk-store'
import { useDesk } from '../../ui/use-desk'
import { unfinished } from '../command-form/unfinished'
import { newsSince, type Since, sinceNow } from './news'

const stored = z.object({ at: z.number(), known: z.array(z.string()) })
const NONE: readonly Message[] = []

export type News = {
  /** What others did since this text was begun or since I last saw what they did. */
  readonly messages: readonly Message[]
  /** The person begins to write. */
  readonly begin: () => void
  /** The person has seen what there is. */
  readonly seen: () => void
}

/**
 * What happened to the ticket since a text was begun; kept with its draft, so that a text of yesterday is checked
 * against what came since yesterday.
 */
export function useNews(view: TicketView, kind: ComposerKind, hasText: boolean): News {
  const desk = useDesk()
  const kept = unfinished(desk.profile)
  // `early/` says that it belongs to a draft and is no form of its own.
  const key = `early/${view.ticket.id}/${kind}/since`
  const [since, setSince] = useState<Since>()
  const { timeline } = view
  const latest = useRef(timeline)
  useEffect(() => {
    latest.current = timeline
  })
  const seen = useCallback(() => {
    const now = sinceNow(latest.current)
    kept.keep(key, { since: JSON.stringify(now) })
    setSince(now)
  }, [kept, key])
  const had = useRef(false)
  useEffect(() => {
    if (hasText && !since) {
      // A draft that was there already: written when it was written.
      const before = readSince(kept.read(key)?.since)
      if (before) setSince(before)
      else seen()
    }
    if (!hasText && had.current) {
      kept.drop(key)
      setSince(undefined)
    }
    had.current = hasText
  }, [hasText, since, kept, key, seen])
  const messages = useMemo(
    () => (since && hasText ? newsSince(timeline, since, desk.me.id) : NONE),
    [timeline, since, hasText, desk],
  )
  return { messages, begin: seen, seen }
}

function readSince(text: string | undefined): Since | undefined {
  if (text === undefined) return undefined
  try {
    const read = stored.safeParse(JSON.parse(text))
    return read.success ? read.data : undefined
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined
    throw problem
  }
}
