import type { ComposerKind } from '../store/desk-store'
import styles from './composer.module.css'

type Props = {
  readonly kind: ComposerKind
  readonly shown: ComposerKind
  readonly hasDraft: boolean
  readonly onChoose: (kind: ComposerKind) => void
}

export function KindTab({ kind, shown, hasDraft, onChoose }: Props) {
  return (
    <button
      type="button"
      role="tab"
      className={styles.kind}
      data-kind={kind}
      aria-selected={kind === shown}
      onClick={() => onChoose(kind)}
    >
      {kind === 'reply' ? 'Reply' : 'Note'}
      {hasDraft && kind !== shown && (
        <span className={styles.draft} data-tip="A draft is waiting here">
          <span className="spoken">, draft waiting</span>
        </span>
      )}
    </button>
  )
}
