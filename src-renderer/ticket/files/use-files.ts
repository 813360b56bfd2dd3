import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { whyNotAttach } from '#shared/tickets/attachment'
import type { ComposerKind } from '../../store/desk-store'
import type { HeldFile } from '../../store/file-book'
import { problemOf } from '../../ui/problem-text'
import { useDesk, useLive } from '../../ui/use-desk'

export type ComposerFiles = {
  readonly files: readonly HeldFile[]
  /** Files are being held over the composer. */
  readonly isOver: boolean
  /** For the element that files may be dropped on. */
  readonly drop: {
    readonly onDragEnter: (event: DragEvent) => void
    readonly onDragOver: (event: DragEvent) => void
    readonly onDragLeave: () => void
    readonly onDrop: (event: DragEvent) => void
  }
  readonly onPaste: (event: ClipboardEvent) => void
  readonly add: (files: readonly File[]) => Promise<void>
  readonly remove: (file: HeldFile) => void
}

/** The files that go with what is being written: dropped, pasted or chosen, and kept with the draft at once. */
export function useFiles(
  ticketId: string,
  kind: ComposerKind,
  onProblem: (problem: string | undefined) => void,
): ComposerFiles {
  const desk = useDesk()
  const files = useLive(desk.files(ticketId, kind))
  /** Entering a part is leaving another: over the whole as long as more was entered than left. */
  const depth = useRef(0)
  const [isOver, setIsOver] = useState(false)

  const add = async (chosen: readonly File[]) => {
    onProblem(undefined)
    const problems: string[] = []
    let count = files.length
    for (const file of chosen) {
      // Told before a byte of it is read.
      const why = whyNotAttach(file, count) ?? (await keep(file))
      if (why === undefined) count += 1
      else problems.push(why)
    }
    if (problems.length > 0) onProblem(`${problems.join('. ')}.`)
  }
  const keep = async (file: File): Promise<string | undefined> => {
    let bytes: Uint8Array<ArrayBuffer>
    try {
      bytes = new Uint8Array(await file.arrayBuffer())
    } catch {
      return `“${file.name}” can’t be read: a folder has to be packed into one file first`
    }
    return desk.attach(ticketId, kind, { name: file.name, type: file.type, bytes }).then(
      () => undefined,
      (problem: unknown) => problemOf(problem).message,
    )
  }
  const over = (next: number) => {
    depth.current = Math.max(0, next)
    setIsOver(depth.current > 0)
  }
  return {
    files,
    isOver,
    add,
    drop: {
      onDragEnter: (event) => {
        if (hasFiles(event.dataTransfer)) over(depth.current + 1)
      },
      onDragOver: (event) => {
        if (hasFiles(event.dataTransfer)) event.preventDefault()
      },
      onDragLeave: () => over(depth.current - 1),
      onDrop: (event) => {
        over(0)
        if (!hasFiles(event.dataTransfer)) return
        event.preventDefault()
        void add([...event.dataTransfer.files])
      },
    },
    onPaste: (event) => {
      // A table out of a spreadsheet brings a picture of itself along: there the text is meant.
      if (event.clipboardData.types.includes('text/plain') || event.clipboardData.files.length === 0) return
      event.preventDefault()
      void add([...event.clipboardData.files])
    },
    remove: (file) => {
      onProblem(undefined)
      desk.detach(file.id).catch((problem: unknown) => onProblem(problemOf(problem).message))
    },
  }
}

function hasFiles({ types }: DataTransfer): boolean {
  return types.includes('Files')
}
