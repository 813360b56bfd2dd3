import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { ZoomStep } from '#shared/ipc'
import { densities, setDensity, useDensity } from '../ui/density'
import { toastProblem } from '../ui/screen-state'
import styles from './settings.module.css'

const SCHEMES = [
  { value: 'auto', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const
const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'dense', label: 'Dense' },
] as const

/** How everything looks on this computer; kept. Contrast and motion follow the system's own settings. */
export function LookSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const density = useDensity((state) => state.density)
  const [percent, setPercent] = useState<number>()
  const zoom = (to: ZoomStep) => {
    window.desk.window.zoom({ to }).then((now) => setPercent(now.percent), toastProblem)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once; from then on the answers tell.
  useEffect(() => zoom('as-is'), [])
  return (
    <>
      <Choice name="Theme">
        <SegmentedControl
          size="xs"
          aria-label="Theme"
          value={colorScheme}
          data={[...SCHEMES]}
          onChange={(value) => setColorScheme(SCHEMES.find((one) => one.value === value)?.value ?? 'auto')}
        />
      </Choice>
      <Choice name="Rows of the queue">
        <SegmentedControl
          size="xs"
          aria-label="Rows of the queue"
          value={density}
          data={[...DENSITIES]}
          onChange={(value) => setDensity(densities.find((one) => one === value) ?? 'comfortable')}
        />
      </Choice>
      <Choice name="Size of everything">
        <Button size="compact-sm" variant="default" aria-label="Smaller" onClick={() => zoom('smaller')}>
          <IconMinus size={14} aria-hidden />
        </Button>
        <span className={`${styles.percent} digits`} role="status">
          {percent === undefined ? '' : `${percent} %`}
        </span>
        <Button size="compact-sm" variant="default" aria-label="Larger" onClick={() => zoom('larger')}>
          <IconPlus size={14} aria-hidden />
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => zoom('usual')}>
          Usual size
        </Button>
      </Choice>
      <p className={styles.lookHint}>
        More contrast and less motion are taken from the settings of this computer.
      </p>
    </>
  )
}

function Choice({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.choice}>
      <span className={styles.choiceName}>{name}</span>
      {children}
    </div>
  )
}
