import { TagsInput } from '@mantine/core'
import { useMemo } from 'react'
import { MAX_TAGS } from '#shared/tickets/ticket'
import { useDesk } from '../../ui/use-desk'
import type { FieldProps } from './field-control'
import { typedOf } from './form-values'

const SUGGESTED = 100

/** The tags of the ticket, all of them; those that others carry are suggested, the most used first. */
export function TagsField({ field, values, problem, onChange }: FieldProps) {
  const desk = useDesk()
  const known = useMemo(() => {
    const uses = new Map<string, number>()
    for (const { tags } of desk.rows.values()) {
      for (const tag of tags) uses.set(tag, (uses.get(tag) ?? 0) + 1)
    }
    return [...uses]
      .sort((a, b) => b[1] - a[1])
      .flatMap(([tag]) => tag)
      .slice(0, SUGGESTED)
  }, [desk])
  const tags = (values[field.name] ?? '').split('\n').filter(Boolean)
  return (
    <TagsInput
      label={field.label}
      description={field.hint}
      placeholder={tags.length === 0 ? 'ingest, failover' : undefined}
      data={known}
      value={tags}
      searchValue={values[typedOf(field.name)] ?? ''}
      onSearchChange={(typed) => onChange(typedOf(field.name), typed)}
      error={problem}
      maxTags={MAX_TAGS}
      openOnFocus={false}
      selectFirstOptionOnChange={false}
      comboboxProps={{ withinPortal: false, floatingStrategy: 'fixed', transitionProps: { duration: 0 } }}
      maxDropdownHeight={160}
      data-field={field.name}
      onChange={(next) => onChange(field.name, next.map((tag) => tag.trim().toLowerCase()).join('\n'))}
    />
  )
}
