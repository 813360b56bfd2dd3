import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { SignInState } from '#shared/ipc'
import { useActions } from '../ui/actions'
import { Logo } from '../ui/logo'
import { Avatar } from '../ui/marks'
import { openDialog } from '../ui/screen-state'
import styles from './app.module.css'
import { KeyCaps } from './key-caps'
import { SignOutDialog } from './sign-out-dialog'

type Props = {
  readonly session: Extract<SignInState, { kind: 'signed-in' }>
  readonly search: ReactNode
}

const ROLE = { l1: 'L1 agent', backline: 'Backline engineer', supervisor: 'Supervisor' } as const
const KEPT = {
  kept: 'Stays signed in on this computer',
  'session-only': 'Signed in until the app closes',
  'no-keychain': 'This computer has no keychain: signed in until the app closes',
} as const

export function Header({ session, search }: Props) {
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <Logo size={24} />
        <h1 className={styles.workspace}>{session.workspace.name}</h1>
        {session.demo && <span className={styles.demo}>Demo</span>}
      </div>
      <div className={styles.search}>{search}</div>
      <div className={styles.corner}>
        <button
          type="button"
          className={styles.round}
          aria-label="Keys"
          data-tip="Keys (?)"
          onClick={() => openDialog({ kind: 'keys' })}
        >
          <IconKeyboard size={18} stroke={1.75} aria-hidden />
        </button>
        <ThemeButton />
        <PersonMenu session={session} />
      </div>
    </header>
  )
}

const SCHEMES = ['auto', 'light', 'dark'] as const
const SCHEME_NAME = { auto: 'as the system', light: 'light', dark: 'dark' } as const

function ThemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length] ?? 'auto'
  const Icon = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }[colorScheme]
  return (
    <button
      type="button"
      className={styles.round}
      aria-label={`Theme: ${SCHEME_NAME[colorScheme]}. Change to ${SCHEME_NAME[next]}`}
      data-tip={`Theme: ${SCHEME_NAME[colorScheme]}`}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={18} stroke={1.75} aria-hidden />
    </button>
  )
}

function PersonMenu({ session }: { readonly session: Props['session'] }) {
  const { agent, portalUrl, kept } = session
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [isLeaving, setIsLeaving] = useState(false)
  useActions([
    {
      id: 'window.sign-out',
      label: 'Sign out',
      section: 'Window',
      words: 'log out leave switch person',
      run: () => setIsLeaving(true),
    },
  ])
  return (
    <>
      {isLeaving && <SignOutDialog session={session} onClose={() => setIsLeaving(false)} />}
      <Menu position="bottom-end" width={280} shadow="md" transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <button type="button" className={styles.person}>
            <Avatar name={agent.name} kind="me" size="entry" />
            <span className="spoken">
              {agent.name}, {ROLE[agent.role]}
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={styles.personCard}>
            <strong>{agent.name}</strong>
            <span>
              {ROLE[agent.role]}, {agent.region}
            </span>
            {portalUrl && <span className={styles.portal}>{portalUrl}</span>}
            {!session.demo && <span>{KEPT[kept]}</span>}
          </div>
          <Menu.Divider />
          <div className={styles.themes}>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label="Theme"
              value={colorScheme}
              onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme === value) ?? 'auto')}
              data={[
                { value: 'auto', label: 'System' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </div>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconSettings size={16} aria-hidden />}
            rightSection={<KeyCaps keys="Mod+," />}
            onClick={() => openDialog({ kind: 'settings' })}
          >
            Settings
          </Menu.Item>
          <Menu.Item
            leftSection={<IconKeyboard size={16} aria-hidden />}
            rightSection={<KeyCaps keys="?" />}
            onClick={() => openDialog({ kind: 'keys' })}
          >
            Keys
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => setIsLeaving(true)}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
