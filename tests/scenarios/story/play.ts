import { assertNever } from '#shared/assert-never'
import type { Simulation } from '../simulator/simulation'
import { FINE } from '../simulator/weather'
import { ticketOf } from '../simulator/workspace'
import type { StoryDesk } from './desk'
import type { Pause, Step } from './step'

/** Plays the steps of a story on a simulation. What each step starts goes on while the next ones come. */
export class Player {
  readonly #simulation: Simulation
  readonly #desks: readonly StoryDesk[]

  constructor(simulation: Simulation, desks: readonly StoryDesk[]) {
    this.#simulation = simulation
    this.#desks = desks
  }

  async play(step: Step): Promise<void> {
    this.#do(step)
    await this.#pause(step.pause)
  }

  async #pause(pause: Pause | undefined): Promise<void> {
    const { scheduler } = this.#simulation
    if (pause === undefined) return
    if (pause === 'rest') await scheduler.idle()
    else if ('events' in pause) await scheduler.run(pause.events)
    else await scheduler.advance(pause.ms)
  }

  #desk(which: number): StoryDesk {
    const desk = this.#desks[which % this.#desks.length]
    if (!desk) throw new RangeError(`there is no desk ${which}`)
    return desk
  }

  #some(which: number | 'all'): readonly StoryDesk[] {
    return which === 'all' ? this.#desks : [this.#desk(which)]
  }

  #do(step: Step): void {
    const { scheduler } = this.#simulation
    switch (step.do) {
      case 'command':
        this.#desk(step.desk).command(step.ticket, step.what, step.window)
        break
      case 'all':
        for (const desk of this.#desks) desk.command(step.ticket, step.what)
        break
      case 'draft':
        this.#desk(step.desk).draft(step.ticket, step.kind, step.text)
        break
      case 'send':
        this.#desk(step.desk).send()
        break
      case 'retry':
      case 'discard':
        this.#desk(step.desk).decide(step.do)
        break
      case 'sync':
        this.#desk(step.desk).syncNow()
        break
      case 'kill':
        this.#kill(step)
        break
      case 'quit':
        this.#quit(this.#desk(step.desk), step.downMs)
        break
      case 'window': {
        const { computer } = this.#desk(step.desk)
        computer.event(() => computer.openWindow())
        break
      }
      case 'sign in': {
        const { computer } = this.#desk(step.desk)
        computer.event(() => computer.signIn())
        break
      }
      case 'network':
        for (const { computer } of this.#some(step.desk)) {
          computer.network.rule = step.rule
          if (step.announced) computer.event(() => computer.online())
        }
        break
      case 'poison':
        this.#desk(step.desk).computer.network.poison = { ticket: step.ticket, as: step.as }
        break
      case 'portal':
        this.#portal(step.is)
        break
      case 'streams':
        this.#streams(step.are)
        break
      case 'clock':
        if (step.of === 'portal') this.#simulation.portalClockMs += step.byMs
        else this.#desk(step.of).computer.clockMs += step.byMs
        break
      case 'sleep': {
        const sleepers = this.#some(step.desk).filter(({ computer }) => !computer.isAsleep)
        for (const { computer } of sleepers) {
          computer.sleep()
          scheduler.after(step.ms, this.#simulation.portalLane, () => computer.wake(step.ms))
        }
        break
      }
      case 'disk': {
        const desk = this.#desk(step.desk)
        desk.computer.disk.isFull = step.is === 'full'
        desk.computer.lasting.appendFails = step.is === 'full'
        if (step.is === 'full') desk.copyFailed = true
        break
      }
      case 'notifications': {
        const desk = this.#desk(step.desk)
        desk.computer.lasting.showFails = step.are === 'broken'
        if (step.are === 'broken') desk.notificationsFailed = true
        break
      }
      case 'delete':
      case 'create':
      case 'customer writes':
        this.#ticket(step.do, step.ticket)
        break
      default:
        assertNever(step, 'step')
    }
  }

  #kill(step: Step & { do: 'kill' }): void {
    const desk = this.#desk(step.desk)
    const { computer } = desk
    const { lose = [], downMs = 0 } = step
    computer.event(() => {
      if (step.what === 'engine') computer.killEngine()
      else if (step.what === 'window') {
        computer.killWindow(0)
        computer.openWindow()
      } else {
        computer.killApp()
        computer.whenReleased(() => {
          desk.lose(lose)
          this.#startLater(desk, downMs)
        })
      }
    })
  }

  #quit(desk: StoryDesk, downMs: number): void {
    const { computer } = desk
    computer.event(() => computer.quit(() => this.#startLater(desk, downMs)))
  }

  #startLater(desk: StoryDesk, downMs: number): void {
    const { computer } = desk
    this.#simulation.scheduler.after(downMs, computer.mainLane, () => {
      if (!computer.isRunning) computer.startApp(desk.setup.windows)
    })
  }

  #portal(is: (Step & { do: 'portal' })['is']): void {
    const { portal, door } = this.#simulation
    switch (is) {
      case 'killed':
        door.kill()
        break
      case 'back':
        door.isDown = false
        break
      case 'restarted':
        door.kill()
        door.isDown = false
        break
      case 'forgetful':
        portal.oldest = portal.version
        break
      case 'saved':
        this.#simulation.backup = portal.backup()
        break
      case 'set back':
        this.#setBack()
        break
      default:
        assertNever(is, 'portal')
    }
  }

  #setBack(): void {
    const { portal, door, backup, scheduler } = this.#simulation
    const isQuiet = scheduler.isIdle && !this.#desks.some(({ computer }) => computer.isAsleep)
    door.kill()
    const undone = portal.restore(backup)
    for (const desk of this.#desks) desk.portalForgot(undone, isQuiet)
    door.isDown = false
  }

  #streams(are: (Step & { do: 'streams' })['are']): void {
    const { door } = this.#simulation
    if (are === 'cut') door.cut()
    else if (are === 'silent' || are === 'talking') door.isSilent = are === 'silent'
    else {
      door.isOffered = are === 'offered'
      if (are === 'not offered') door.cut()
    }
  }

  #ticket(what: 'delete' | 'create' | 'customer writes', id: string): void {
    const { portal } = this.#simulation
    const known = portal.ticket(id)
    if (what === 'create' && !known) portal.put('ticket', id, ticketOf(id))
    else if (what === 'delete' && known) portal.remove(id)
    else if (what === 'customer writes' && known) portal.customerWrites(known)
  }

  /** All that was wrong is right again: what is wrong from here on is the app's. Poison stays. */
  mend(): void {
    const { door } = this.#simulation
    door.isDown = false
    door.isSilent = false
    for (const desk of this.#desks) {
      const { computer } = desk
      computer.network.rule = FINE
      computer.disk.isFull = false
      computer.lasting.appendFails = false
      computer.lasting.showFails = false
      // A window that could not open offers to be opened again.
      computer.event(() => computer.openAgain())
    }
  }
}
