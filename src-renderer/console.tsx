import { z } from 'zod'
import '@fontsource-variable/inter/wght.css'
import './ui/mantine.css'
import './ui/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import { earlyDesk } from './app/early-desk'
import { openDesk } from './store/open-desk'
import { ThemeProvider } from './ui/theme-provider'

// The content policy allows no code from strings, which zod would otherwise try for speed.
z.config({ jitless: true })

const root = document.getElementById('root')
if (!root) throw new Error('console.html has no element #root')
const open = earlyDesk(openDesk, window.desk)
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <App openDesk={open} />
    </ThemeProvider>
  </StrictMode>,
)
