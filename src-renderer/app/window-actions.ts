import { useMantineColorScheme } from '@mantine/core'
import { useActions } from '../ui/actions'
import { setDensity, useDensity } from '../ui/density'
import { useKeys } from '../ui/keys'
import { openDialog, toast, toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'

/** What can be done in every window, whatever it shows. */
export function useWindowActions(): void {
  const desk = useDesk()
  const { setColorScheme } = useMantineColorScheme()
  const settings = () => openDialog({ kind: 'settings' })
  const zoom = (to: 'larger' | 'smaller' | 'usual') => () => {
    window.desk.window.zoom({ to }).then(({ percent }) => toast(`Zoom ${percent} %`), toastProblem)
  }
  const scheme = (name: 'auto' | 'light' | 'dark', label: string) => ({
    id: `window.theme.${name}`,
    label,
    section: 'Window' as const,
    words: 'theme colour appearance mode',
    run: () => setColorScheme(name),
  })
  useActions([
    {
      id: 'window.keys',
      label: 'All keys',
      section: 'Find',
      keys: '?',
      words: 'help shortcuts sheet keyboard',
      run: () => openDialog({ kind: 'keys' }),
    },
    {
      id: 'window.settings',
      label: 'Settings',
      section: 'Window',
      keys: 'Mod+,',
      words: 'preferences deadline calculator policy calendars',
      run: settings,
    },
    {
      id: 'window.sync',
      label: 'Sync now',
      section: 'Window',
      words: 'refresh reload fetch',
      run: () => desk.syncNow(),
    },
    {
      id: 'window.larger',
      label: 'Larger',
      section: 'Window',
      keys: 'Mod+=',
      words: 'zoom in',
      run: zoom('larger'),
    },
    {
      id: 'window.smaller',
      label: 'Smaller',
      section: 'Window',
      keys: 'Mod+-',
      words: 'zoom out',
      run: zoom('smaller'),
    },
    {
      id: 'window.usual',
      label: 'Usual size',
      section: 'Window',
      keys: 'Mod+0',
      words: 'zoom reset actual',
      run: zoom('usual'),
    },
    scheme('light', 'Light theme'),
    scheme('dark', 'Dark theme'),
    scheme('auto', 'Theme as the system'),
    {
      id: 'window.density',
      label: 'Dense or comfortable rows',
      section: 'Window',
      words: 'density compact room',
      run: () => setDensity(useDensity.getState().density === 'dense' ? 'comfortable' : 'dense'),
    },
  ])
  useKeys({ 'g ,': settings, 'Mod++': zoom('larger') })
}
