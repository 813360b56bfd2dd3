import { Input } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import styles from './search-list.module.css'

export type SearchOption = {
  readonly value: string
  readonly label: string
  readonly detail?: ReactNode
  readonly sign?: ReactNode
  /** What is searched, in lower case. */
  readonly words: string
}

type Props = {
  readonly label: string
  readonly description?: ReactNode
  readonly options: readonly SearchOption[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder: string
  /** Said when there is nothing to choose from at all. */
  readonly nothing: string
  readonly problem?: string | undefined
}

const SHOWN = 60

/**
 * One of many, found by typing: the first match is chosen while one types, the arrows choose another. The list stands
 * in the page instead of popping up, so that nothing has to be opened first.
 */
export function SearchList({
  label,
  description,
  options,
  value,
  onChange,
  placeholder,
  nothing,
  problem,
}: Props) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const found = useMemo(() => matching(options, query).slice(0, SHOWN), [options, query])
  const at = found.findIndex((option) => option.value === value)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  const search = (next: string) => {
    setQuery(next)
    onChange(next.trim() === '' ? '' : (matching(options, next)[0]?.value ?? ''))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || found.length === 0) return
    event.preventDefault()
    const next = found[Math.max(0, Math.min(found.length - 1, at + step))]
    if (next) onChange(next.value)
  }
  return (
    <div className={styles.box}>
      <Input.Label htmlFor={id} id={`${id}-label`}>
        {label}
      </Input.Label>
      {description && <Input.Description>{description}</Input.Description>}
      <div className={styles.frame} data-invalid={problem !== undefined || undefined}>
        <input
          id={id}
          type="text"
          role="combobox"
          className={styles.input}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          value={query}
          onChange={(event) => search(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div
          ref={list}
          id={`${id}-list`}
          className={styles.list}
          role="listbox"
          aria-labelledby={`${id}-label`}
          tabIndex={-1}
        >
          {found.map((option, position) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text box above has the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: it is active, not focused.
            <div
              key={option.value}
              id={`${id}-${position}`}
              role="option"
              className={styles.option}
              aria-selected={position === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChange(option.value)}
            >
              {option.sign}
              <span className={styles.text}>{option.label}</span>
              {option.detail && <span className={styles.detail}>{option.detail}</span>}
              {position === at && <IconCheck size={16} aria-hidden />}
            </div>
          ))}
          {found.length === 0 && (
            <p className={styles.none}>{options.length === 0 ? nothing : `Nothing is called “${query}”.`}</p>
          )}
        </div>
      </div>
      {problem !== undefined && (
        <Input.Error id={`${id}-problem`} mt={4}>
          {problem}
        </Input.Error>
      )}
    </div>
  )
}

/** All words must be found; an option that begins with the first of them comes first. */
function matching(options: readonly SearchOption[], query: string): readonly SearchOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const [first] = words
  if (first === undefined) return options
  const found = options.filter((option) => words.every((word) => option.words.includes(word)))
  const begins = (option: SearchOption) => option.words.split(' ').some((word) => word.startsWith(first))
  return [...found.filter(begins), ...found.filter((option) => !begins(option))]
}
