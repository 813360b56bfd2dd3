import type { About } from '#shared/sync/outbox-entry'
import type { Instant } from '#shared/time/instant'
import type { ComposerKind } from './desk-store'
import type { Journal } from './journal'
import type { JournalDb, TypedUpTo } from './journal-db'
import type { TypedText } from './typed-text'

/** Longer than any browser keeps what it was told to store from the disk. */
const REMEMBERED_MS = 7 * 24 * 3_600_000

/** Of what was typed before the saved draft had been read: it must not take the place of that. */
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
    const saved = late.get(key) ?? (await journal.db.drafts.get(key))?.body ?? ''
    const early = typed.get(EARLY + key) && late.get(EARLY + key)
    this.#isRead.add(key)
    const text = early ? joined(saved, early) : saved
    if (late.size > 0) this.keepTyped(ticketId, kind, text)
    typed.sent(EARLY + key)
    if (late.size > 0) await this.save(ticketId, kind, text)
    return text
  }

  keepTyped(ticketId: string, kind: ComposerKind, body: string): void {
    this.#last = Math.max(this.#input.now(), this.#last + 1)
    const key = draftKey(ticketId, kind)
    this.#input.typed.keep(this.#isRead.has(key) ? key : EARLY + key, body, this.#last)
  }

  async save(ticketId: string, kind: ComposerKind, body: string): Promise<void> {
    const { journal, typed, now, about } = this.#input
    const key = draftKey(ticketId, kind)
    this.#isRead.add(key)
    const at = this.#upTo(key, body)
    await journal.change(async (transaction) => {
      await transaction.putNote({ key: `typed/${key}`, at })
      if (body === '') return transaction.removeDraft(key)
      // A ticket that is gone is still called what it was called.
      const called = about(ticketId) ?? (await transaction.db.drafts.get(key))?.about
      await transaction.putDraft({
        key,
        ticketId,
        kind,
        body,
        at: now(),
        ...(called ? { about: called } : {}),
      })
    })
    typed.saved(key, body)
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
    return this.#last
  }
}

/** A saved draft and what was typed before it was read: both, once each. */
function joined(saved: string, typed: string): string {
  if (saved === typed || saved.endsWith(`\n\n${typed}`)) return saved
  return saved === '' ? typed : `${saved}\n\n${typed}`
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
