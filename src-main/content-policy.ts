import type { Page } from './app-origin'

/**
 * The content security policy of a page (reliability.md "Doors"). Only the engine may talk to the portal: a page has
 * no other way to a network, and Electron doesn't tell main which window asks for a `portal:` address.
 */
export function contentPolicy(page: Page, nonce: string): string {
  const connect = page === 'engine' ? 'portal:' : "'none'"
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    // `blob:` is what the page made itself: a picture of a message, which came through main.
    "img-src 'self' data: blob:",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of everything `console://app` serves. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const
