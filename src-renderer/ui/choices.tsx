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
  /** What is chosen, for screen readers. */
  readonly label: string
  readonly options: readonly Option<T>[]
  readonly current: T
  /** It is so of some of those that are changed only: it is where one begins, and not checked. */
  readonly isMixed?: boolean
  readonly onChoose: (value: T) => void
  /**
   * For a choice that is looked at before it is made: arrows, numbers and clicks only pick, and Enter chooses what is
   * picked.
   */
  readonly onPick?: (value: T) => void
}

/** A short list to choose from with arrows or j and k and Enter, or by its number. */
export function Choices<T extends string>({ label, options, current, isMixed, onChoose, onPick }: Props<T>) {
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(() => options.findIndex((option) => option.value === current))
  useEffect(() => {
    list.current?.querySelectorAll<HTMLElement>('[role=option]')[at]?.focus()
  }, [at])
  const pick = (position: number) => {
    setAt(position)
    const option = options[position]
    if (option) onPick?.(option.value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
    const number = Number(event.key) - 1
    const byNumber = options[number]
    const picked = options[at]
    if (step !== undefined) pick((at + step + options.length) % options.length)
    else if (byNumber) onPick ? pick(number) : onChoose(byNumber.value)
    else if (onPick && event.key === 'Enter' && picked) onChoose(picked.value)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={list}
      className={styles.list}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {options.map((option, position) => (
        <button
          key={option.value}
          type="button"
          role="option"
          className={styles.option}
          aria-selected={onPick ? position === at : option.value === current}
          data-picked={(onPick && position === at) || undefined}
          tabIndex={position === at ? 0 : -1}
          onMouseEnter={onPick ? undefined : () => setAt(position)}
          onClick={() => (onPick ? pick(position) : onChoose(option.value))}
        >
          <span className={styles.sign}>{option.sign}</span>
          <span className={styles.text}>
            <span className={styles.label}>{option.label}</span>
            <span className={styles.means}>{option.means}</span>
          </span>
          {option.value === current && !isMixed && <IconCheck size={16} aria-hidden />}
          <kbd>{position + 1}</kbd>
        </button>
      ))}
    </div>
  )
}
