import type { Table } from 'dexie'
import type { Handoff } from '#shared/handoff/handoff'
import type { SavedView } from '#shared/queue/saved-view'
import type { Rota } from '#shared/shifts/rota'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { rebaseDocuments } from '#shared/sync/rebase-document'
import type { Macro } from '#shared/tickets/macro'
import type { Agent } from '#shared/tickets/people'
import type { Notice } from '#shared/uptime/notice'
import type { SharedRecords } from './desk-store'
import { LiveValue } from './live-value'
import type { MirrorDb, MirrorRow } from './mirror-db'
import type { OtherRecords } from './mirror-write'
import { NO_REFERENCE, type Reference } from './reference'

type Rows<T> = ReadonlyMap<string, { readonly version: number; readonly value: T }>
type Confirmed = {
  readonly views: Rows<SavedView>
  readonly macros: Rows<Macro>
  readonly notices: Rows<Notice>
  readonly rotas: Rows<Rota>
  readonly handoffs: Rows<Handoff>
}

const KINDS = ['view', 'macro', 'notice', 'rota', 'handoff'] as const

/** What everybody in the workspace has in common, kept up to date, with my own saves on top. */
export class SharedBook {
  readonly value: LiveValue<SharedRecords>
  readonly #mirror: MirrorDb
  readonly #me: Agent
  #reference: Reference = NO_REFERENCE
  #confirmed: Confirmed = {
    views: new Map(),
    macros: new Map(),
    notices: new Map(),
    rotas: new Map(),
    handoffs: new Map(),
  }
  #entries: readonly OutboxEntry[] = []
  #reads = 0

  constructor(mirror: MirrorDb, me: Agent) {
    this.#mirror = mirror
    this.#me = me
    this.value = new LiveValue(this.#made())
  }

  /** Reads all of it; of two reads at once the later one counts. */
  async load(): Promise<void> {
    this.#reads += 1
    const read = this.#reads
    const { view, macro, notice, rota, handoff } = this.#mirror
    const [views, macros, notices, rotas, handoffs] = await Promise.all([
      rowsOf(view),
      rowsOf(macro),
      rowsOf(notice),
      rowsOf(rota),
      rowsOf(handoff),
    ])
    if (read !== this.#reads) return
    this.#confirmed = { views, macros, notices, rotas, handoffs }
    this.#tell()
  }

  /** Reads again if what changed is in here. */
  async changed(others: OtherRecords): Promise<void> {
    if (KINDS.some((kind) => others[kind])) await this.load()
  }

  knows(reference: Reference): void {
    if (reference === this.#reference) return
    this.#reference = reference
    this.#tell()
  }

  /** @param entries the whole outbox */
  outbox(entries: readonly OutboxEntry[]): void {
    const isSame = JSON.stringify(entries) === JSON.stringify(this.#entries)
    this.#entries = entries
    if (!isSame) this.#tell()
  }

  #tell(): void {
    this.value.set(this.#made())
  }

  #made(): SharedRecords {
    const { views, macros, notices, rotas, handoffs } = this.#confirmed
    const isMineToo = ({ ownerId }: { readonly ownerId?: string | undefined }) =>
      ownerId === undefined || ownerId === this.#me.id
    return {
      agents: byName([...this.#reference.agents.values()]),
      organizations: this.#reference.organizations,
      views: byName(rebaseDocuments('view', views, this.#entries).filter(isMineToo)),
      macros: byName(rebaseDocuments('macro', macros, this.#entries).filter(isMineToo)),
      notices: [...rebaseDocuments('notice', notices, this.#entries)].sort((a, b) => b.startsAt - a.startsAt),
      rotas: rebaseDocuments('rota', rotas, this.#entries),
      handoffs: [...handoffs.values()].map(({ value }) => value),
    }
  }
}

async function rowsOf<T>(table: Table<MirrorRow & { readonly value: T }, string>): Promise<Rows<T>> {
  return new Map((await table.toArray()).map(({ id, version, value }) => [id, { version, value }]))
}

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => a.name.localeCompare(b.name))
}
