import { fastClone } from './fast-clone'
import { LightAbortController } from './light-abort'
import type { Scheduler } from './scheduler'

/*
 * What of the platform is the simulator's while a story runs. `setImmediate`, on which fake-indexeddb does all its
 * work, so that the scheduler decides when. Clones, microtasks and abort signals, because the platform's own take a
 * third of a story's time. And rejections that nobody heard: in a story they are failures.
 */

const { setImmediate, structuredClone, queueMicrotask, AbortController } = globalThis
const { postMessage } = BroadcastChannel.prototype
const { error, warn } = console
const resolved = Promise.resolve()

/** Holds the platform for one story at a time. @returns what gives it back */
export function holdPlatform(scheduler: Scheduler): () => void {
  const immediate = (task: (...args: unknown[]) => void, ...args: unknown[]): NodeJS.Immediate | undefined =>
    scheduler.immediately(() => task(...args)) ? undefined : setImmediate(task, ...args)
  globalThis.setImmediate = immediate as typeof setImmediate
  globalThis.structuredClone = ((value: unknown, options?: StructuredSerializeOptions) =>
    options ? structuredClone(value, options) : fastClone(value, structuredClone)) as typeof structuredClone
  globalThis.queueMicrotask = (task) => void resolved.then(task)
  globalThis.AbortController = LightAbortController as unknown as typeof AbortController
  // Dexie tells other tabs of every write, by the platform's own channel; the desks here have theirs.
  BroadcastChannel.prototype.postMessage = () => {}
  // What the app logs about a fault is no news here: the judges look at what became of it.
  console.error = () => {}
  console.warn = () => {}
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  const onRejection = (problem: unknown): void => scheduler.fail(problem)
  process.on('unhandledRejection', onRejection)
  return () => {
    Object.assign(globalThis, { setImmediate, structuredClone, queueMicrotask, AbortController })
    BroadcastChannel.prototype.postMessage = postMessage
    Object.assign(console, { error, warn })
    process.off('unhandledRejection', onRejection)
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}
