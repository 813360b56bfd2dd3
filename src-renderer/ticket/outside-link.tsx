import { toastProblem } from '../ui/screen-state'
import { linkParts } from './link-parts'
import styles from './timeline.module.css'

/** An address that opens outside, and only through main, which asks the person first. */
export function OutsideLink({ url, children }: { readonly url: string; readonly children: string }) {
  return (
    <a
      className={styles.link}
      href={url}
      rel="noreferrer"
      data-tip={`Opens in your browser: ${url}`}
      onClick={(event) => {
        event.preventDefault()
        window.desk.app.openExternal({ url }).catch(toastProblem)
      }}
    >
      {children}
    </a>
  )
}

/** A name that leads to an address if that is one that may be opened; else both as text. */
export function NamedLink({ url, name }: { readonly url: string; readonly name: string }) {
  const [part, more] = linkParts(url)
  if (part?.kind === 'link' && !more) return <OutsideLink url={url}>{name}</OutsideLink>
  return <span data-tip={url || undefined}>{name}</span>
}
