import { Computer } from './computer'
import { type Backup, SimulatedPortal } from './portal'
import { PortalDoor } from './portal-door'
import { Random } from './random'
import { type Lane, Scheduler } from './scheduler'
import { type AgentName, agents, BEGIN, fillWorkspace } from './workspace'

/** Everything there is in a story: a portal, and the computers of those who work with it. */
export class Simulation {
  readonly random: Random
  readonly scheduler: Scheduler
  readonly portal: SimulatedPortal
  readonly door: PortalDoor
  /** What happens to the portal and to nobody's computer. */
  readonly portalLane: Lane
  /** The portal's clock minus true time, ms. */
  portalClockMs = 0
  /** The portal's last backup. */
  backup: Backup
  readonly computers: readonly Computer[]
  #ids = 0

  constructor(seed: number, people: readonly AgentName[], begin = BEGIN) {
    this.random = new Random(seed)
    this.scheduler = new Scheduler(this.random, begin)
    const portalClock = (): number => this.portalClock()
    this.portal = new SimulatedPortal(portalClock)
    fillWorkspace(this.portal)
    this.backup = this.portal.backup()
    this.portalLane = this.scheduler.lane('portal')
    this.door = new PortalDoor(this.portalLane)
    const { scheduler, random, portal, door } = this
    portal.onChange = () => door.say(`event: poke\ndata: {"cursor":"${portal.version}"}\n\n`)
    const parts = { scheduler, random, portal, door, portalClock, uuid: () => this.#uuid() }
    this.computers = people.map((name) => new Computer(parts, agents[name]))
  }

  portalClock(): number {
    return this.scheduler.now + this.portalClockMs
  }

  #uuid(): string {
    this.#ids += 1
    return `10000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`
  }

  computer(which: number): Computer {
    const computer = this.computers[which]
    if (!computer) throw new RangeError(`there is no computer ${which}`)
    return computer
  }
}
