import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from 'react'
import styles from './app.module.css'

type Props = { readonly left: ReactNode; readonly right: ReactNode | undefined }

const STORED = 'meridian.pane-share'
const MIN_SHARE = 28
const MAX_SHARE = 64
const STEP = 2

function storedShare(): number | undefined {
  const share = Number(localStorage.getItem(STORED) ?? Number.NaN)
  return share >= MIN_SHARE && share <= MAX_SHARE ? share : undefined
}

/** The queue and, when one is open, a ticket beside it; the line between them can be moved and stays where it was. */
export function Split({ left, right }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [share, setShare] = useState(storedShare)

  const keep = (next: number) => {
    const bounded = Math.min(MAX_SHARE, Math.max(MIN_SHARE, next))
    setShare(bounded)
    localStorage.setItem(STORED, String(bounded))
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!frame.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { right: edge, width } = frame.current.getBoundingClientRect()
    keep(((edge - event.clientX) / width) * 100)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    keep((share ?? 44) + step)
  }

  return (
    <div
      ref={frame}
      className={styles.split}
      data-open={right !== undefined || undefined}
      style={share === undefined ? undefined : ({ '--pane': `${share}%` } as CSSProperties)}
    >
      {left}
      {right !== undefined && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves is a control, a rule is not. */}
          <div
            className={styles.divider}
            role="separator"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label="Width of the ticket"
            aria-valuenow={Math.round(share ?? 44)}
            aria-valuemin={MIN_SHARE}
            aria-valuemax={MAX_SHARE}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onDoubleClick={() => {
              localStorage.removeItem(STORED)
              setShare(undefined)
            }}
            onKeyDown={onKeyDown}
          />
          {right}
        </>
      )}
    </div>
  )
}
