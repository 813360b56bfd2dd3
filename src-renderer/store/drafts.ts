import type { About } from '#shared/sync/outbox-entry'
import type { Instant } from '#shared/time/instant'
import type { ComposerKind, DraftListener } from './desk-store'
import { joined } from './joined-text'
import type { Journal } from './journal'
import type { JournalDb, TypedUpTo } from './journal-db'
import type { TypedText } from './typed-text'

/** Longer than any browser keeps what it was told to store from the disk. */
const REMEMBERED_MS = 7 * 24 * 3_600_000

/** Of what was typed before the saved draft had been read, or while it was being sent: it must not take the place of that. */
const EARLY = 'early/'

export const draftKey = (ticketId: string, kind: ComposerKind): string => `${ticketId}/${kind}`

type DraftsInput = {
  readonly journal: Journal
  readonly typed: TypedText
  /** Corrected time. */
  readonly now: () => Instant
  /** How a ticket is called; undefined when it is gone. */
  readonly about: (ticketId: string) => About | undefined
}

/** What is being written: in the journal, and for the last moments in the storage that writes at once. */
export class Drafts {
  readonly #input: DraftsInput
  /** Of what was typed last: times only grow, whatever the clock does. */
  #last = 0
  /** Keys of the drafts that stand in a box of this window. */
  readonly #isRead = new Set<string>()
  /** What this window knows to be in the journal, by key. */
  readonly #known = new Map<string, string>()
  readonly #watchers = new Map<string, Set<DraftListener>>()

  constructor(input: DraftsInput) {
    this.#input = input
  }

  /** A box opens: until its draft has been read, nothing that is typed takes the place of that. */
  opens(ticketId: string, kind: ComposerKind): void {
    this.#isRead.delete(draftKey(ticketId, kind))
  }

  /** What is to stand in the box, all of it saved; from here on what is typed takes the place of that. */
  async read(ticketId: string, kind: ComposerKind): Promise<string> {
    const { journal, typed } = this.#input
    const key = draftKey(ticketId, kind)
    this.#last = Math.max(this.#last, await upToOf(journal.db, key))
    const late = await lateTexts(journal.db, typed, [key, EARLY + key])
    // Of another run of the app, whose clock may have been ahead of this one's.
    for (const one of [key, EARLY + key]) {
      const at = typed.latest(one)?.at ?? 0
      if (Number.isFinite(at)) this.#last = Math.max(this.#last, at)
    }
    const stored = (await journal.db.drafts.get(key))?.body ?? ''
    this.#known.set(key, stored)
    const saved = late.get(key) ?? stored
    const early = typed.get(EARLY + key) && late.get(EARLY + key)
    this.#isRead.add(key)
    const text = early ? joined(saved, early) : saved
    if (late.size > 0) this.keepTyped(ticketId, kind, text)
    typed.sent(EARLY + key)
    return late.size > 0 ? this.save(ticketId, kind, text) : text
  }

  /** @param isNext it was typed while what stood there is being sent, and is what remains of it afterwards */
  keepTyped(ticketId: string, kind: ComposerKind, body: string, isNext = false): void {
    const { typed, now } = this.#input
    this.#last = Math.max(now(), this.#last + 1)
    const key = draftKey(ticketId, kind)
    if (isNext || !this.#isRead.has(key)) {
      typed.keep(EARLY + key, body, this.#last)
      return
    }
    typed.keep(key, body, this.#last)
    typed.sent(EARLY + key)
  }

  /** @returns what is saved now: also what another window saved meanwhile, if this one did not know of it */
  async save(ticketId: string, kind: ComposerKind, body: string): Promise<string> {
    const { journal, typed, now, about } = this.#input
    const key = draftKey(ticketId, kind)
    this.#isRead.add(key)
    const at = this.#upTo(key, body)
    const saved = await journal.change(async (transaction) => {
      const before = await transaction.db.drafts.get(key)
      const theirs = before?.body ?? ''
      const isNews = this.#known.has(key) && this.#known.get(key) !== theirs
      const text = isNews ? bothTexts(theirs, body) : body
      await transaction.putNote({ key: `typed/${key}`, at })
      if (text === '') {
        await transaction.removeDraft(key)
        return text
      }
      // A ticket that is gone is still called what it was called.
      const called = about(ticketId) ?? before?.about
      await transaction.putDraft({
        key,
        ticketId,
        kind,
        body: text,
        at: now(),
        ...(called ? { about: called } : {}),
      })
      return text
    })
    this.#known.set(key, saved)
    typed.saved(key, body)
    return saved
  }

  /** Tells what another window saved of a draft. @returns its unsubscribe */
  watch(ticketId: string, kind: ComposerKind, listener: DraftListener): () => void {
    const key = draftKey(ticketId, kind)
    const watchers = this.#watchers.get(key) ?? new Set()
    watchers.add(listener)
    this.#watchers.set(key, watchers)
    return () => {
      watchers.delete(listener)
      if (watchers.size === 0) this.#watchers.delete(key)
    }
  }

  /** Another window saved or sent it. */
  async changedElsewhere(key: string): Promise<void> {
    const watchers = this.#watchers.get(key)
    if (!watchers) return
    const saved = (await this.#input.journal.db.drafts.get(key))?.body ?? ''
    for (const listener of [...watchers]) if (listener(saved)) this.#known.set(key, saved)
  }

  /**
   * Whether a text that is being sent is this draft, as it was typed last: then up to when nothing of that is to come
   * back.
   * @param saved what is saved of it
   */
  readonly sending = (key: string, body: string, saved: string | undefined): Instant | undefined => {
    const draft = this.#input.typed.get(key) ?? saved
    return draft?.trim() === body.trim() ? this.#upTo(key, body) : undefined
  }

  /** The text is in the outbox. */
  sent(ticketId: string, kind: ComposerKind, body: string): void {
    const { typed } = this.#input
    const key = draftKey(ticketId, kind)
    if (typed.get(key)?.trim() === body.trim()) typed.sent(key)
    this.#known.delete(key)
  }

  /** Keys of all texts that somebody began and did not send. */
  async keys(): Promise<ReadonlySet<string>> {
    const { journal, typed } = this.#input
    const late = await lateTexts(journal.db, typed, typed.keys())
    const saved = await journal.db.drafts.toCollection().primaryKeys()
    const begun = [...late].filter(([, body]) => body.trim() !== '').map(([key]) => key)
    return new Set([...saved, ...begun.map((key) => (key.startsWith(EARLY) ? key.slice(EARLY.length) : key))])
  }

  /** Up to when nothing of what was typed is to come back once `body` is stored: something else may have been typed since. */
  #upTo(key: string, body: string): Instant {
    const late = this.#input.typed.latest(key)
    if (late && Number.isFinite(late.at) && late.body.trim() !== body.trim()) return late.at - 1
    this.#last = Math.max(this.#last, this.#input.now())
    // What was typed while it is being sent is the next text.
    const next = this.#input.typed.latest(EARLY + key)
    return next && Number.isFinite(next.at) ? Math.min(this.#last, next.at - 1) : this.#last
  }
}

/** What two windows wrote into one box without knowing of each other: both, once each. */
export function bothTexts(theirs: string, mine: string): string {
  if (mine.includes(theirs)) return mine
  return mine !== '' && theirs.includes(mine) ? theirs : `${theirs}\n\n${mine}`.trimEnd()
}

/** Of the drafts with these keys what was typed after all that the journal knows of them. */
export async function lateTexts(
  db: JournalDb,
  typed: TypedText,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const key of keys) {
    const upTo = await upToOf(db, key)
    const late = typed.latest(key)
    if (late && late.at > upTo) found.set(key, late.body)
  }
  return found
}

/** Forgets the times of drafts that nobody has touched for long. */
export async function forgetOldTimes(db: JournalDb, now: Instant): Promise<void> {
  await db.notes
    .where('key')
    .startsWith('typed/')
    .filter((note) => isTime(note) && note.at < now - REMEMBERED_MS)
    .delete()
}

async function upToOf(db: JournalDb, key: string): Promise<Instant> {
  const note = await db.notes.get(`typed/${key.startsWith(EARLY) ? key.slice(EARLY.length) : key}`)
  return note && isTime(note) ? note.at : 0
}

function isTime(note: { readonly key: string }): note is TypedUpTo {
  return note.key.startsWith('typed/')
}
