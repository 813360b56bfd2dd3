import { IconCalculator, IconCalendar, IconFileCertificate, IconPalette, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Dialog } from '../ui/dialog'
import { CalendarsSection } from './calendars-section'
import { DeadlineCalculator } from './deadline-calculator'
import { LookSection } from './look-section'
import { PoliciesSection } from './policies-section'
import styles from './settings.module.css'

const SECTIONS = [
  { id: 'calculator', name: 'Deadline calculator', icon: IconCalculator, content: DeadlineCalculator },
  { id: 'policies', name: 'Policy', icon: IconFileCertificate, content: PoliciesSection },
  { id: 'calendars', name: 'Calendars', icon: IconCalendar, content: CalendarsSection },
  { id: 'look', name: 'Look', icon: IconPalette, content: LookSection },
] as const
type SectionId = (typeof SECTIONS)[number]['id']

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const [shown, setShown] = useState<SectionId>('calculator')
  const nav = useRef<HTMLDivElement>(null)
  // The first thing in the dialog is what closes it; the keyboard begins where one chooses.
  useEffect(() => nav.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus(), [])
  const at = SECTIONS.findIndex(({ id }) => id === shown)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const next = step && SECTIONS[(at + step + SECTIONS.length) % SECTIONS.length]
    if (!next) return
    event.preventDefault()
    setShown(next.id)
    event.currentTarget.querySelector<HTMLElement>(`[data-section="${next.id}"]`)?.focus()
  }
  return (
    <Dialog
      size="page"
      label="Settings"
      title={
        <span className={styles.title}>
          Settings
          <button type="button" className={styles.close} aria-label="Close the settings" onClick={onClose}>
            <IconX size={16} aria-hidden />
          </button>
        </span>
      }
      onClose={onClose}
    >
      <div className={styles.page}>
        <div
          ref={nav}
          className={styles.nav}
          role="tablist"
          aria-orientation="vertical"
          aria-label="Settings"
          onKeyDown={onKeyDown}
        >
          {SECTIONS.map(({ id, name, icon: Icon }) => (
            <button
              key={id}
              type="button"
              role="tab"
              data-section={id}
              className={styles.navItem}
              aria-selected={id === shown}
              tabIndex={id === shown ? 0 : -1}
              onClick={() => setShown(id)}
            >
              <Icon size={16} aria-hidden /> {name}
            </button>
          ))}
        </div>
        {SECTIONS.map(({ id, name, content: Content }) => (
          // What one typed in a section is there when one comes back to it.
          <div key={id} className={styles.content} role="tabpanel" aria-label={name} hidden={id !== shown}>
            <Content />
          </div>
        ))}
      </div>
    </Dialog>
  )
}
