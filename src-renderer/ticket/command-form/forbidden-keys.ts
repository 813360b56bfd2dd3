import { mayGive } from '#shared/commands/roles'
import { type Role, roleSchema } from '#shared/tickets/people'
import { type Bindings, useKeys } from '../../ui/keys'
import { toast } from '../../ui/screen-state'
import { useDesk } from '../../ui/use-desk'
import { listedCommands } from './command-list'

const WHO: { readonly [role in Role]: string } = {
  l1: 'L1',
  backline: 'the backline',
  supervisor: 'supervisors',
}

/** Keys of commands that are others' to give say so; the palette and the sheet offer only what one may. */
export function useForbiddenKeys(enabled = true): void {
  const { role } = useDesk().me
  const bindings: Bindings = Object.fromEntries(
    listedCommands
      .filter(({ type }) => !mayGive(type, role))
      .map(({ type, label, key }) => {
        const who = roleSchema.options.filter((one) => mayGive(type, one)).map((one) => WHO[one])
        return [key, () => toast(`“${label}” is for ${who.join(' and ')}`, 'problem')]
      }),
  )
  useKeys(bindings, enabled)
}
