import { z } from 'zod'

/** What of Electron's `safeStorage` is used; the synchronous calls, because Electron 25 has no others. */
export type SafeStorage = {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(sealed: Buffer): string
  getSelectedStorageBackend?: () => string
}

export const sealedSchema = z.object({ backend: z.string().max(60), sealed: z.string().max(20_000) })
export type Sealed = z.infer<typeof sealedSchema>

export type Keychain = {
  /** The text sealed by the system's keychain, or `undefined` when there is no safe place for it. */
  seal(text: string): Sealed | undefined
  /** The text, or `undefined` when the keychain can't open it: another one is in use, or it was reset. */
  open(sealed: Sealed): string | undefined
}

/**
 * Where Linux has no keyring, Chromium seals with a password that is in its source: `basic_text`. That protects
 * nothing, so it counts as no keychain at all.
 */
const unsafeBackends: ReadonlySet<string> = new Set(['basic_text', 'unknown'])

/**
 * Electron 25 can't name its backend. There encryption is available with a keyring only, and Chromium marks what the
 * keyring's key has sealed; what the password in its source has sealed begins with v10.
 */
const UNNAMED_KEYRING = 'keyring'
const SEALED_BY_KEYRING = 'v11'

/** The system's keychain, by `safeStorage`. To be asked only once the app is ready. */
export function keychain(safeStorage: SafeStorage, platform: NodeJS.Platform): Keychain {
  function backend(): string | undefined {
    if (!safeStorage.isEncryptionAvailable()) return undefined
    if (platform !== 'linux') return platform
    const name = safeStorage.getSelectedStorageBackend?.() ?? UNNAMED_KEYRING
    return unsafeBackends.has(name) ? undefined : name
  }

  return {
    seal(text) {
      const name = backend()
      if (name === undefined) return undefined
      const sealed = safeStorage.encryptString(text)
      if (name === UNNAMED_KEYRING && sealed.toString('latin1', 0, 3) !== SEALED_BY_KEYRING) return undefined
      return { backend: name, sealed: sealed.toString('base64') }
    },
    open({ backend: sealedBy, sealed }) {
      if (backend() !== sealedBy) return undefined
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'))
      } catch {
        // The keychain says no more than that it can't; the person signs in again and nothing else is lost.
        return undefined
      }
    },
  }
}
