import { assertNever } from '#shared/assert-never'
import { statusLabel, targetLabel } from '#shared/queue/labels'
import { statusSchema, targetNameSchema } from '#shared/sla/policy'
import type { DeskStore } from '../../store/desk-store'
import { dateAndTimeIn, ownZone } from '../../ui/show-time'
import type { Field } from '../command-form/fields'
import { NOBODY } from '../command-form/form-values'
import { readWhen } from '../command-form/read-when'

/** A field's value as people read it; an empty one is a dash. */
export function valueText(field: Field, value: string | undefined, desk: DeskStore): string {
  if (value === undefined || value === '') return '–'
  switch (field.kind) {
    case 'status': {
      const status = statusSchema.safeParse(value)
      return status.success ? statusLabel(status.data) : value
    }
    case 'target': {
      const target = targetNameSchema.safeParse(value)
      return target.success ? targetLabel(target.data) : value
    }
    case 'agent':
      return value === NOBODY ? 'Nobody' : (desk.agent(value)?.name ?? value)
    case 'ticket':
      return desk.rows.get(value)?.number ?? value
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? value
    case 'tags':
      return value.split('\n').join(', ')
    case 'instant': {
      const at = readWhen(value, ownZone(), desk.now())
      return at === undefined ? value : dateAndTimeIn(ownZone(), at)
    }
    case 'long-text':
    case 'short-text':
    case 'priority':
    case 'region':
      return value
    default:
      return assertNever(field, 'field')
  }
}
