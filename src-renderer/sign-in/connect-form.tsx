import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import type { SignInState } from '#shared/ipc'
import { problemOf } from '../ui/problem-text'
import styles from './sign-in.module.css'
import { type Field, fieldOfProblem } from './sign-in-problem'

type Problem = { readonly field: Field; readonly message: string }

type Props = {
  /** Where one was signed in, or tried to. */
  readonly address: string | undefined
  readonly onSignedIn: (state: SignInState) => void
}

/** Address and token of a portal; both are tried before they are kept, and a mistake is told where it was made. */
export function ConnectForm({ address = '', onSignedIn }: Props) {
  const [url, setUrl] = useState(address)
  const [token, setToken] = useState('')
  const [keep, setKeep] = useState(true)
  const [isConnecting, setIsConnecting] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const form = useRef<HTMLFormElement>(null)

  const fail = (failed: Problem) => {
    setProblem(failed)
    form.current?.querySelector<HTMLElement>(`[name=${failed.field}]`)?.focus()
  }
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (isConnecting) return
    if (url.trim() === '') return fail({ field: 'url', message: 'Give the address of your portal.' })
    if (token.trim() === '')
      return fail({ field: 'token', message: 'Paste the token your administrator gave you.' })
    setIsConnecting(true)
    setProblem(undefined)
    try {
      onSignedIn(await window.desk.session.connect({ url: url.trim(), token: token.trim(), keep }))
    } catch (failure) {
      const { code, message } = problemOf(failure)
      fail({ field: fieldOfProblem(code), message })
    } finally {
      setIsConnecting(false)
    }
  }
  const errorOf = (field: Field) => (problem?.field === field ? problem.message : undefined)

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={onSubmit}>
      {problem?.field === 'form' && (
        <div className={styles.failure} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          <span>{problem.message}</span>
        </div>
      )}
      <TextInput
        name="url"
        label="Portal address"
        placeholder="https://support.example.com"
        size="md"
        autoFocus={address === ''}
        autoComplete="off"
        spellCheck={false}
        value={url}
        error={errorOf('url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <PasswordInput
        name="token"
        label="Token"
        description="Made for you by whoever runs the portal. It never leaves this app's own vault."
        size="md"
        autoFocus={address !== ''}
        autoComplete="off"
        value={token}
        error={errorOf('token')}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Checkbox
        label="Keep me signed in"
        description="The token goes into this computer's keychain. Where there is none, it is forgotten when the app closes."
        checked={keep}
        onChange={(event) => setKeep(event.currentTarget.checked)}
      />
      <Button type="submit" size="md" fullWidth loading={isConnecting}>
        Connect
      </Button>
    </form>
  )
}
