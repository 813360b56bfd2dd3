import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { EmptyState } from '../ui/empty-state'
import { problemOf } from '../ui/problem-text'
import styles from './app.module.css'

/** A view that failed says so and can be opened again; nothing written is in the views. */
export function Crash({ problem }: { readonly problem: unknown }) {
  return (
    <main className={styles.crash} role="alert">
      <EmptyState icon={IconAlertTriangle} title="This window met a problem it did not expect">
        {problemOf(problem).message}
        <p>Everything you wrote is kept. Opening the window again is safe.</p>
        <Button onClick={() => window.location.reload()}>Open again</Button>
      </EmptyState>
    </main>
  )
}

type State = { readonly problem?: unknown }

export class CrashBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {}

  static getDerivedStateFromError(problem: unknown): State {
    return { problem }
  }

  override componentDidCatch(problem: unknown): void {
    console.error('a view failed', problem)
  }

  override render(): ReactNode {
    return this.state.problem === undefined ? this.props.children : <Crash problem={this.state.problem} />
  }
}
