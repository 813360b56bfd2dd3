import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './choices.module.css'

type Option<T extends string> = {
  readonly value: T
  readonly label: string
  readonly means: string
  readonly sign: ReactNode
}
type Props<T extends string> = {
  readonly options: readonly Option<T>[]
  readonly current: T
  readonly onChoose: (value: T) => void
}

/** A short list to choose from with arrows or j and k and Enter, or by its number. */
export function Choices<T extends string>({ options, current, onChoose }: Props<T>) {
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(() => options.findIndex((option) => option.value === current))
  useEffect(() => {
    list.current?.querySelectorAll<HTMLElement>('[role=option]')[at]?.focus()
  }, [at])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    const byNumber = options[Number(event.key) - 1]
    if (step !== undefined) setAt((at + step + options.length) % options.length)
    else if (byNumber) onChoose(byNumber.value)
    else return
    event.preventDefault()
  }
  return (
    <div ref={list} className={styles.list} role="listbox" tabIndex={-1} onKeyDown={onKeyDown}>
      {options.map((option, position) => (
        <button
          key={option.value}
          type="button"
          role="option"
          className={styles.option}
          aria-selected={option.value === current}
          tabIndex={position === at ? 0 : -1}
          onMouseEnter={() => setAt(position)}
          onClick={() => onChoose(option.value)}
        >
          <span className={styles.sign}>{option.sign}</span>
          <span className={styles.text}>
            <span className={styles.label}>{option.label}</span>
            <span className={styles.means}>{option.means}</span>
          </span>
          {option.value === current && <IconCheck size={16} aria-hidden />}
          <kbd className={styles.number}>{position + 1}</kbd>
        </button>
      ))}
    </div>
  )
}
