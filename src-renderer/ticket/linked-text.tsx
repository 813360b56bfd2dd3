import { useMemo } from 'react'
import { linkParts } from './link-parts'
import { OutsideLink } from './outside-link'

/** Untrusted text as text; its https links open outside. */
export function LinkedText({ text }: { readonly text: string }) {
  const parts = useMemo(() => {
    let start = 0
    return linkParts(text).map((part) => {
      const key = start
      start += part.text.length
      return { ...part, key }
    })
  }, [text])
  return parts.map((part) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <OutsideLink key={part.key} url={part.text}>
        {part.text}
      </OutsideLink>
    ),
  )
}
