import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import type { JournalLine } from '#shared/ipc'
import { DeskFailure } from './desk-failure'
import { isMissing, removeDurably, syncFolder } from './durable-file'
import { applyLines, encodeBatch, type JournalContent, readJournal } from './journal-lines'

/**
 * The second copy of the journal: what an agent did and the portal has not confirmed, in a file of its own. Chromium
 * opens a damaged database as a new, empty one without any error; then this is all there is.
 */
export type JournalCopy = {
  /** Resolves once the lines are on the disk. */
  append(profile: string, lines: readonly JournalLine[]): Promise<void>
  /** `generation` counts the appends ever made for the profile; 0: it never wrote. */
  read(profile: string): Promise<{ generation: number; lines: JournalLine[] }>
  /** Removes all that it holds for the profile; it begins anew with the next append. */
  forget(profile: string): Promise<void>
  /** Waits for what is being written and closes the files. */
  close(): Promise<void>
}

export type JournalLimits = {
  /** A file below this is never compacted. */
  readonly compactFromBytes: number
  /** What a profile can hold; far above anything a person types. */
  readonly mostBytes: number
}

const usualLimits: JournalLimits = { compactFromBytes: 1_000_000, mostBytes: 64_000_000 }
/** Compacted when the file is this many times what it still says. */
const WASTE = 4
const LINES_PER_BATCH = 500

/** @param report told of damage that was skipped */
export function journalCopy(
  folder: string,
  report: (problem: string) => void,
  limits: JournalLimits = usualLimits,
): JournalCopy {
  const profiles = new Map<string, ProfileJournal>()
  function of(profile: string): ProfileJournal {
    const known = profiles.get(profile)
    if (known !== undefined) return known
    const made = new ProfileJournal(path.join(folder, `${profile}.jsonl`), report, limits)
    profiles.set(profile, made)
    return made
  }
  return {
    append: (profile, lines) => of(profile).append(lines),
    read: (profile) => of(profile).read(),
    forget: (profile) => of(profile).forget(),
    close: async () => {
      await Promise.all([...profiles.values()].map((one) => one.close()))
    },
  }
}

type Opened = {
  readonly handle: FileHandle
  readonly values: Map<string, string>
  generation: number
  fileBytes: number
  liveBytes: number
}
type Waiting = {
  readonly lines: readonly JournalLine[]
  resolve(): void
  reject(error: unknown): void
}

class ProfileJournal {
  readonly #file: string
  readonly #report: (problem: string) => void
  readonly #limits: JournalLimits
  #opened: Opened | undefined
  #waiting: Waiting[] = []
  #turn: Promise<void> = Promise.resolve()

  constructor(file: string, report: (problem: string) => void, limits: JournalLimits) {
    this.#file = file
    this.#report = report
    this.#limits = limits
  }

  append(lines: readonly JournalLine[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ lines, resolve, reject })
      // Whoever comes while the disk is busy shares the next flush.
      if (this.#waiting.length === 1) void this.#inTurn(() => this.#flush())
    })
  }

  read(): Promise<{ generation: number; lines: JournalLine[] }> {
    return this.#inTurn(async () => {
      const { generation, values } = this.#opened ?? (await this.#load())
      return { generation, lines: [...values].map(([key, value]) => ({ key, value })) }
    })
  }

  forget(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#closeFile()
      await removeDurably(`${this.#file}.new`)
      await removeDurably(this.#file)
    })
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#closeFile())
  }

  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(run)
    this.#turn = result.then(
      () => {},
      () => {},
    )
    return result
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    const written: Waiting[] = []
    try {
      const opened = this.#opened ?? (await this.#open())
      let text = ''
      for (const one of batch) {
        const grownBytes = growthOf(opened.values, one.lines)
        if (grownBytes > 0 && opened.liveBytes + grownBytes > this.#limits.mostBytes) {
          one.reject(this.#full())
          continue
        }
        // Applied before it is written: if that fails, all of this is forgotten and read again from the disk.
        opened.generation += 1
        opened.liveBytes += grownBytes
        applyLines(opened.values, one.lines)
        text += encodeBatch({ generation: opened.generation, lines: [...one.lines] })
        written.push(one)
      }
      await opened.handle.appendFile(text)
      await opened.handle.sync()
      opened.fileBytes += Buffer.byteLength(text)
    } catch (error) {
      // A part may have been written: opening again cuts off what is not whole.
      await this.#closeFile().catch(() => {})
      for (const one of batch) one.reject(error)
      return
    }
    for (const one of written) one.resolve()
    await this.#compactIfWasteful()
  }

  #full(): DeskFailure {
    return new DeskFailure(
      'journal-full',
      `The second copy of unsent work (${this.#file}) would hold more than ${this.#limits.mostBytes} bytes`,
    )
  }

  async #load(): Promise<JournalContent> {
    try {
      return readJournal(await readFile(this.#file))
    } catch (error) {
      if (!isMissing(error)) throw error
      return { generation: 0, values: new Map(), wholeBytes: 0, damaged: 0 }
    }
  }

  async #open(): Promise<Opened> {
    await mkdir(path.dirname(this.#file), { recursive: true, mode: 0o700 })
    const content = await this.#load()
    if (content.damaged > 0) this.#report(`${this.#file}: ${content.damaged} unreadable lines were skipped`)
    const handle = await open(this.#file, 'a', 0o600)
    await handle.truncate(content.wholeBytes)
    await handle.sync()
    await syncFolder(path.dirname(this.#file))
    const { values, generation, wholeBytes: fileBytes } = content
    this.#opened = { handle, values, generation, fileBytes, liveBytes: sizeOf(values) }
    return this.#opened
  }

  async #closeFile(): Promise<void> {
    const handle = this.#opened?.handle
    this.#opened = undefined
    await handle?.close()
  }

  /** A failure leaves the old file as it was; it is tried again at the next append. */
  async #compactIfWasteful(): Promise<void> {
    const opened = this.#opened
    if (opened === undefined || opened.fileBytes < this.#limits.compactFromBytes) return
    if (opened.fileBytes < opened.liveBytes * WASTE) return
    try {
      await this.#compact(opened)
    } catch (error) {
      this.#report(`${this.#file} could not be compacted: ${error instanceof Error ? error.message : error}`)
    }
  }

  async #compact({ values, generation }: Opened): Promise<void> {
    const lines = [...values].map(([key, value]) => ({ key, value }))
    const beside = `${this.#file}.new`
    const handle = await open(beside, 'w', 0o600)
    try {
      // At least one batch: the generation must survive an empty journal.
      for (let from = 0; from === 0 || from < lines.length; from += LINES_PER_BATCH) {
        await handle.appendFile(encodeBatch({ generation, lines: lines.slice(from, from + LINES_PER_BATCH) }))
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await this.#closeFile()
    await rename(beside, this.#file)
    await syncFolder(path.dirname(this.#file))
    await this.#open()
  }
}

/** By how many characters the values change; less than 0 when they shrink. */
function growthOf(values: ReadonlyMap<string, string>, lines: readonly JournalLine[]): number {
  const after = new Map(lines.map(({ key, value }) => [key, value]))
  let grown = 0
  for (const [key, value] of after) {
    const before = values.get(key)
    grown += value === undefined ? 0 : key.length + value.length
    grown -= before === undefined ? 0 : key.length + before.length
  }
  return grown
}

function sizeOf(values: ReadonlyMap<string, string>): number {
  let bytes = 0
  for (const [key, value] of values) bytes += key.length + value.length
  return bytes
}
