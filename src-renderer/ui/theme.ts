import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Menu } from '@mantine/core'

const meridian: MantineColorsTuple = [
  '#eceefc',
  '#dfe2fb',
  '#bcc2f5',
  '#97a0ef',
  '#7782ea',
  '#5f6be2',
  '#4a56d2',
  '#3d48b8',
  '#333c98',
  '#2a3278',
]

/** Mantine draws its own components in dark from these: our neutrals of tokens.css. */
const dark: MantineColorsTuple = [
  '#e8eaed',
  '#c3c8d0',
  '#abb2bd',
  '#8b93a0',
  '#343a44',
  '#22262c',
  '#1a1d22',
  '#121418',
  '#0f1114',
  '#0c0d10',
]

/** Mantine's components in our sizes; colours come from tokens.css. */
export const theme = createTheme({
  primaryColor: 'meridian',
  primaryShade: { light: 6, dark: 5 },
  colors: { meridian, dark },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  // The first entry of a menu gets the keyboard, not an empty element before it that a screen reader would meet.
  components: { Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }) },
})

/** Points Mantine's surfaces at our palette, the same names in light and dark. */
export const cssVariables: CSSVariablesResolver = () => {
  const surfaces = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-primary-color-filled': 'var(--accent-fill)',
    '--mantine-color-meridian-filled': 'var(--accent-fill)',
  }
  return { variables: {}, light: surfaces, dark: surfaces }
}
