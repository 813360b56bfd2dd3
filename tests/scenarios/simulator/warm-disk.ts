import type { Computer } from './computer'
import { Disk } from './disk'
import { holdPlatform } from './platform'
import { Simulation } from './simulation'
import { type AgentName, BEGIN } from './workspace'

const BEFORE_MS = 5 * 60_000

const warm = new Map<string, Computer>()

/** Gives a computer the disk of somebody who worked with it a while ago. */
export async function warmUp(computer: Computer): Promise<void> {
  const known = warm.get(computer.name) ?? (await workAWhile(computer.name as AgentName))
  warm.set(computer.name, known)
  computer.disk = Disk.copyOf(known.disk)
  computer.lasting.adopt(known.lasting)
}

/** The app itself fills the disk, once for all stories; each gets a copy. */
async function workAWhile(name: AgentName): Promise<Computer> {
  const simulation = new Simulation(1, [name], BEGIN - BEFORE_MS)
  const { scheduler } = simulation
  const computer = simulation.computer(0)
  const release = holdPlatform(scheduler)
  try {
    computer.event(() => computer.startApp(1))
    await scheduler.advance(10_000)
    let hasQuit = false
    computer.event(() =>
      computer.quit(() => {
        hasQuit = true
      }),
    )
    await scheduler.advance(1000)
    if (!hasQuit) throw new Error('the app did not quit')
    return computer
  } finally {
    release()
  }
}
