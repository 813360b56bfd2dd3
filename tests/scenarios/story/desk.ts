import type { OutboxEntry } from '#shared/sync/outbox-entry'
import type { CommandDraft, ComposerKind, DeskStore } from '../../../src-renderer/store/desk-store'
import type { Computer } from '../simulator/computer'
import type { Taken } from '../simulator/portal'
import type { Simulation } from '../simulator/simulation'
import { DraftWatch } from './draft-watch'
import { skippedBy } from './mirror-watch'
import { OutboxWatch } from './outbox-watch'
import { missedBy } from './overlay-watch'
import type { DeskSetup, Loss, What } from './step'
import { Violation } from './violation'

/** One person at a computer, and what is known of what they did. */
export class StoryDesk {
  readonly simulation: Simulation
  readonly computer: Computer
  readonly setup: DeskSetup
  readonly outbox: OutboxWatch
  readonly drafts = new DraftWatch()
  /** What the portal had, the desk knew that it had, and the portal lost. Nobody can tell any more. */
  readonly lostByPortal = new Set<string>()
  /** The portal was set back: what was on its way then may take another place in the order. */
  wasSetBack = false
  /** The system took no notifications for a while. */
  notificationsFailed = false
  /** The second copy missed something: losing the journal now would be a second fault at once. */
  copyFailed = false

  constructor(simulation: Simulation, computer: Computer, setup: DeskSetup) {
    this.simulation = simulation
    this.computer = computer
    this.setup = setup
    this.outbox = new OutboxWatch(computer)
  }

  get journal(): string {
    return `journal.${this.computer.profile}`
  }
  get mirror(): string {
    return `mirror.${this.computer.profile}`
  }

  start(): void {
    this.computer.disk.onCommit = (database, stores) => {
      const { computer, simulation } = this
      const { scheduler, portal } = simulation
      if (database === this.journal && stores.has('outbox')) {
        for (const left of this.outbox.look()) {
          const missed = missedBy(left, computer, portal)
          if (missed) scheduler.fail(new Violation('I8', missed))
        }
      }
      if (database !== this.mirror || !stores.has('meta')) return
      const skipped = skippedBy(computer, portal)
      if (skipped) scheduler.fail(new Violation('I5', skipped))
    }
    this.computer.event(() => this.computer.startApp(this.setup.windows))
  }

  #store(window = 0): { store: DeskStore; run<T>(work: () => Promise<T>): Promise<T> } | undefined {
    const { windows } = this.computer
    const one = windows[window % Math.max(1, windows.length)]
    return one?.store && { store: one.store, run: (work) => one.process.do(work) }
  }

  command(ticket: string, what: What, window?: number): void {
    const desk = this.#store(window)
    if (!desk) return
    const draft = { ...what, target: ticket } as CommandDraft
    const asked = this.outbox.ask(draft)
    desk
      .run(() => desk.store.run(draft))
      .then(
        () => asked.stored(),
        (problem: unknown) => asked.refused(problem),
      )
  }

  /** Opens the box and types; what is typed is kept at once, then saved. */
  draft(ticket: string, kind: ComposerKind, text: string): void {
    const desk = this.#store()
    if (!desk) return
    const { store } = desk
    const saved = this.drafts.saves(`${ticket}/${kind}`, text)
    desk
      .run(async () => {
        await store.readDraft(ticket, kind)
        store.keepTyped(ticket, kind, text)
        await store.saveDraft(ticket, kind, text)
      })
      .then(saved, () => {})
  }

  /** Sends what stands in the box that was typed in last. */
  send(): void {
    const desk = this.#store()
    const key = this.drafts.keys().at(-1)
    if (!desk || key === undefined) return
    const { store } = desk
    const [target = '', type = ''] = key.split('/')
    const work = async (): Promise<void> => {
      const body = await store.readDraft(target, type as ComposerKind)
      if (body === '') return
      const draft = { type, target, body, ...(type === 'reply' ? { public: true } : {}) } as CommandDraft
      const asked = this.outbox.ask(draft)
      const sending = this.drafts.sends(key, body, () => this.outbox.hasText(body))
      try {
        await store.run(draft)
      } catch (problem) {
        asked.refused(problem)
        sending.refused()
        return
      }
      asked.stored()
      sending.sent()
    }
    // A box that can't be read yet sends nothing.
    desk.run(work).catch(() => {})
  }

  /** The person decides about what was parked first. */
  decide(what: 'retry' | 'discard'): void {
    const desk = this.#store()
    const [parked] = this.outbox.parked
    if (!desk || !parked) return
    const { id } = parked
    // Whether a discard that never answers took place, the disk says.
    if (what === 'discard') this.outbox.discarded(id)
    desk
      .run(async () => {
        if (what === 'retry') await desk.store.retry(id)
        else await desk.store.discard(id)
      })
      .catch(() => {})
  }

  syncNow(): void {
    const desk = this.#store()
    desk?.run(async () => desk.store.syncNow()).catch(() => {})
  }

  /** Loses databases of a computer whose app is dead, as far as that is one fault and not two. */
  lose(what: readonly Loss[]): void {
    const { disk } = this.computer
    if (what.includes('mirror')) disk.lose(this.mirror)
    if (what.includes('journal') && this.#isCopyWhole()) {
      disk.lose(this.journal)
      this.outbox.look()
    }
  }

  /**
   * @param isQuiet nothing was under way: what is not seen in the feed yet won't be, and has to be sent again. Else the
   * answer and the feed may just be arriving.
   */
  portalForgot(undone: readonly Taken[], isQuiet: boolean): void {
    this.wasSetBack = true
    const ids = new Set(undone.map(({ command }) => command.id))
    for (const { id, now, attempts } of this.outbox.tracked) {
      const isSeen = now === undefined || !isQuiet
      if (isSeen && [...attempts].some((attempt) => ids.has(attempt))) this.lostByPortal.add(id)
    }
  }

  #isCopyWhole(): boolean {
    if (this.copyFailed || !this.computer.disk.has(this.journal)) return false
    const notes = this.computer.disk.rows(this.journal, 'notes') as { key: string; writes?: number }[]
    const mark = notes.find(({ key }) => key === 'mark')?.writes
    return String(mark) === this.computer.lasting.file(this.computer.profile).get('mark')
  }

  entries(): readonly OutboxEntry[] {
    return this.computer.disk.rows(this.journal, 'outbox') as readonly OutboxEntry[]
  }
}
