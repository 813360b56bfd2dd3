import { contract } from '#shared/ipc'
import type { EngineDesk } from '../../../src-renderer/engine/desk-engine'
import type { AppProcess } from './app-process'

type Members = Record<string, Record<string, (argument: unknown) => unknown>>

/**
 * What a process sees of main: every call goes there and back as two events, and a death can come between any of
 * them; every push is an event of its own. Which member is which, the contract says.
 */
export function overIpc(desk: EngineDesk, process: AppProcess): EngineDesk {
  const there = desk as unknown as Members
  const kinds = contract as unknown as Record<string, Record<string, { kind: 'call' | 'push' } | undefined>>
  const here: Members = {}
  for (const [group, members] of Object.entries(there)) {
    if (typeof members !== 'object') continue
    here[group] = {}
    for (const [name, member] of Object.entries(members)) {
      here[group][name] =
        kinds[group]?.[name]?.kind === 'push'
          ? (listener) => listen(member, listener as (payload: unknown) => void, process)
          : (input) => process.askMain(async () => member(input))
    }
  }
  return here as unknown as EngineDesk
}

function listen(
  subscribe: (listener: (payload: unknown) => void) => unknown,
  listener: (payload: unknown) => void,
  process: AppProcess,
): () => void {
  const off = subscribe((payload) => process.deliver('ipc', () => listener(payload))) as () => void
  process.onDeath(off)
  return off
}
