import type { ComponentProps } from 'react'
import styles from './small-button.module.css'

type Props = Omit<ComponentProps<'button'>, 'type' | 'className'> & {
  /** The one of several that is meant most often. */
  readonly isFirst?: boolean
}

/** A button within a line of text. */
export function SmallButton({ isFirst, ...rest }: Props) {
  return <button type="button" className={styles.button} data-first={isFirst || undefined} {...rest} />
}
