import { type Measured, measure } from './measure'

declare global {
  interface Window {
    measured: Promise<Measured>
  }
}

window.measured = measure()
