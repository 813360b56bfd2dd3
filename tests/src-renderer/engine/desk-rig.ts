import { readFileSync } from 'node:fs'
import { policySchema } from '#shared/sla/policy'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import { followSession } from '../../../src-renderer/engine/follow-session'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { openDesk } from '../../../src-renderer/store/open-desk'
import { ana, aTicket, ben } from '../../src-shared/tickets/samples'
import { FakeMain, PROFILE } from './fake-desk'
import { InMemoryPortal } from './in-memory-portal'
import { until, VirtualMachine } from './virtual-world'

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json') as never)
const calendar = calendarSchema.decode(read('resources/calendars/emea-london.json') as never)

/** One machine with the app on it, and a portal: the real engine and the real store, everything around them held. */
export class Rig {
  readonly machine = new VirtualMachine()
  readonly portal = new InMemoryPortal(this.machine)
  readonly main = new FakeMain()
  #running: { kill(): void; stop(): Promise<void>; windows: DeskStore[] } | undefined

  constructor() {
    this.machine.network = (url, init) => this.portal.fetch(url, init)
    this.portal.put('policy', policy.id, policy)
    this.portal.put('calendar', calendar.id, calendar)
    for (const agent of [ana, ben]) this.portal.put('agent', agent.id, agent)
    this.portal.put('organization', 'o1', {
      id: 'o1',
      name: 'Northwind',
      plan: 'premium',
      region: 'EMEA',
      calendarId: calendar.id,
      policyId: policy.id,
      zone: 'Europe/London',
    })
  }

  ticket(id: string, changes: Partial<Ticket> = {}): Ticket {
    const ticket = aTicket({
      id,
      number: `MER-${id}`,
      policyId: policy.id,
      calendarId: calendar.id,
      ...changes,
    })
    this.portal.put('ticket', id, ticket)
    return ticket
  }

  /** Starts the app: the engine, and one window if wanted. */
  async start(): Promise<DeskStore> {
    const world = this.machine.process()
    const desk = this.main.desk()
    const following = followSession(desk, world)
    const windows: DeskStore[] = []
    this.#running = {
      windows,
      kill: () => {
        world.kill()
        desk.kill()
      },
      stop: () => following.stop(),
    }
    const store = await openDesk(PROFILE, ana, desk, world)
    windows.push(store)
    return store
  }

  /** A second window of the running app. */
  async window(): Promise<DeskStore> {
    const store = await openDesk(PROFILE, ana, this.main.desk(), this.machine.process())
    this.#running?.windows.push(store)
    return store
  }

  /** Like kill -9: whatever was going on goes no further. */
  async kill(): Promise<void> {
    const running = this.#running
    running?.kill()
    // The dead process's connections: its transactions end, its code is never called again.
    for (const window of running?.windows ?? []) window.close()
    await this.machine.settle()
    this.#running = undefined
  }

  async stop(): Promise<void> {
    for (const window of this.#running?.windows ?? []) window.close()
    await this.#running?.stop()
    this.#running = undefined
  }

  /** The network is gone, as a laptop's without Wi-Fi. */
  unplug(): void {
    this.machine.network = () => Promise.reject(new TypeError('Failed to fetch'))
  }
  plug(): void {
    this.machine.network = (url, init) => this.portal.fetch(url, init)
  }

  /** Starts and waits for the first complete sync. */
  async synced(): Promise<DeskStore> {
    const store = await this.start()
    await this.inSync(store)
    return store
  }

  /** Waits until a window shows the portal's newest version and nothing is unsent. */
  async inSync(store: DeskStore): Promise<void> {
    await until('the desk shows what the portal has', () => {
      const { connection, lastSyncAt, unsent } = store.status.get()
      return (
        connection.kind !== 'offline' &&
        connection.kind !== 'connecting' &&
        lastSyncAt !== undefined &&
        unsent === 0 &&
        store.rows.size === this.portal.tickets.size
      )
    })
    await this.machine.settle()
  }
}
