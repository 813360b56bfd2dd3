import { Input, Textarea, TextInput } from '@mantine/core'
import { assertNever } from '#shared/assert-never'
import { statusLabel, targetLabel } from '#shared/queue/labels'
import { prioritySchema, statusSchema, targetNameSchema } from '#shared/sla/policy'
import type { TicketView } from '../../store/desk-store'
import { Segments } from '../../ui/segments'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './command-form.module.css'
import type { Field } from './fields'
import type { Values } from './form-values'
import { InstantField } from './instant-field'
import { knownAgents, knownRegions } from './known-people'
import { AgentField, TicketField } from './people-and-tickets'
import type { Zones } from './read-when'
import { TagsField } from './tags-field'
import { isBreach } from './why-not'

export type FieldProps = {
  readonly field: Field
  readonly values: Values
  readonly problem: string | undefined
  readonly view: TicketView
  readonly zones: Zones
  readonly onChange: (name: string, value: string) => void
}

/** The control for one field; each carries its name, so that the form can lead to the one that is wrong. */
export function FieldControl(props: FieldProps) {
  const { field } = props
  const desk = useDesk()
  const shared = useLive(desk.shared)
  switch (field.kind) {
    case 'long-text':
    case 'short-text':
      return <TextField {...props} field={field} />
    case 'instant':
      return <InstantField {...props} field={field} />
    case 'tags':
      return <TagsField {...props} />
    case 'agent':
      return <AgentField {...props} />
    case 'ticket':
      return <TicketField {...props} />
    case 'region':
      return (
        <OneOf
          {...props}
          options={knownRegions(knownAgents(desk.me, shared), props.view.ticket).map((value) => ({
            value,
            label: value,
          }))}
        />
      )
    case 'status':
      return (
        <OneOf
          {...props}
          options={statusSchema.options.map((value) => ({ value, label: statusLabel(value) }))}
        />
      )
    case 'priority':
      return <OneOf {...props} options={prioritySchema.options.map((value) => ({ value, label: value }))} />
    case 'target':
      return (
        <OneOf
          {...props}
          options={targetNameSchema.options
            .filter((name) => isBreach(props.view.row.report[name]))
            .map((value) => ({ value, label: targetLabel(value) }))}
        />
      )
    case 'choice':
      return <OneOf {...props} options={field.options} />
    default:
      return assertNever(field, 'field')
  }
}

function TextField({
  field,
  values,
  problem,
  onChange,
}: FieldProps & { readonly field: Field & { kind: 'long-text' | 'short-text' } }) {
  const common = {
    label: field.label,
    description: field.hint,
    value: values[field.name] ?? '',
    maxLength: field.maxLength,
    required: !field.isOptional,
    withAsterisk: false,
    error: problem,
    'data-field': field.name,
  }
  return field.kind === 'long-text' ? (
    <Textarea
      {...common}
      autosize
      minRows={2}
      maxRows={10}
      onChange={(event) => onChange(field.name, event.currentTarget.value)}
    />
  ) : (
    <TextInput
      {...common}
      autoComplete="off"
      onChange={(event) => onChange(field.name, event.currentTarget.value)}
    />
  )
}

type OneOfProps = FieldProps & {
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

function OneOf({ field, values, problem, options, onChange }: OneOfProps) {
  return (
    <div className={styles.oneOf} data-field={field.name}>
      <Segments
        label={field.label}
        options={options}
        value={values[field.name] ?? ''}
        onChange={(value) => onChange(field.name, value)}
      />
      {problem !== undefined && <Input.Error mt={4}>{problem}</Input.Error>}
    </div>
  )
}
