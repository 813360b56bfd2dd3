import { listedCommands } from '../ticket/command-form/command-list'
import { giveCommand } from '../ticket/command-form/give-command'
import { useKeys } from '../ui/keys'
import { useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'

/** Gives the commands of the table to the selected ticket by their keys. */
export function useCommandKeys(): void {
  const desk = useDesk()
  useKeys(
    Object.fromEntries(
      listedCommands.map(({ key, type }) => [
        key,
        () => {
          const { selectedId } = useScreen.getState()
          if (selectedId !== undefined) giveCommand(desk, selectedId, type)
        },
      ]),
    ),
  )
}
