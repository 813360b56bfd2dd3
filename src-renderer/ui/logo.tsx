/** A globe with its meridians. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
      <g stroke="#fff" strokeWidth="1.75" strokeLinecap="round">
        <circle cx="16" cy="16" r="9.25" />
        <ellipse cx="16" cy="16" rx="4" ry="9.25" />
        <path d="M6.75 16h18.5" opacity="0.55" />
      </g>
    </svg>
  )
}
