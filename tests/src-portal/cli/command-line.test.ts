import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { run as runCommand } from '../../../src-portal/cli/run'
import { openDatabase } from '../../../src-portal/db/open'
import { readWorkspace } from '../../../src-portal/db/workspace'
import { writeRecords } from '../../../src-portal/db/write-records'
import { PortalError } from '../../../src-portal/portal-error'
import { command, people, quiet, template, ticket } from '../fixture'

const SCRIPT = path.resolve(import.meta.dirname, '../../../scripts/portal.mjs')

let folder: string
const children: ChildProcess[] = []
beforeAll(async () => {
  await template()
})
beforeEach(() => {
  vi.stubEnv('DATABASE_URL', undefined)
  folder = mkdtempSync(path.join(os.tmpdir(), 'portal-cli-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
  rmSync(folder, { recursive: true, force: true })
})

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: { ...process.env, PORTAL_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said.stderr += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }))
  /** The line of JSON that says the portal is ready. */
  const ready = async () => {
    while (!said.stdout.includes('\n')) {
      const code = await Promise.race([once(child.stdout, 'data'), ended])
      if (!Array.isArray(code)) throw new Error(`the portal ended: ${code.stderr}`)
    }
    return JSON.parse(said.stdout)
  }
  return { child, ended, ready }
}

/** A command in this process: what it prints on stdout, or a PortalError. */
async function run(...args: string[]): Promise<string> {
  let printed = ''
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    await runCommand(args)
    return printed
  } finally {
    stdout.mockRestore()
    stderr.mockRestore()
  }
}

async function fill() {
  const database = await openDatabase({ kind: 'folder', folder, template: await template() }, quiet)
  await writeRecords(database.db, [...people, ticket('a')])
  await database.close()
}

describe('npm run portal', () => {
  test.each([
    [['--help'], /^Usage: npm run portal -- \[serve\].*--port.*--demo.*DATABASE_URL/s],
    [['serve', '--help'], /^Usage: npm run portal -- \[serve\]/],
    [['agents', '--help'], /^Usage: npm run portal -- agents/],
    [['token', '--help'], /^Usage: npm run portal -- token create/],
    [['restored', '--help'], /^Usage: npm run portal -- restored/],
    [['template', '--help'], /^Usage: npm run portal -- template/],
    [['import', 'servicenow', '--help'], /^Usage: npm run portal -- import servicenow/],
  ])('%j explains itself', async (args, text) => {
    expect(await run(...args)).toMatch(text)
  })

  test.each<[string[], NodeJS.ProcessEnv, RegExp]>([
    [['fly'], {}, /There is no command "fly": use serve, agents/],
    [['import', 'paper'], {}, /Import from where\?/],
    [['--prot', '1'], {}, /Unknown option '--prot'\. See: npm run portal -- serve --help/],
    [['--port', 'x'], {}, /--port x is no port/],
    [['--port', '70000'], {}, /--port 70000 is no port/],
    [['--calls-per-second', '0'], {}, /--calls-per-second 0 is no limit: give a whole number/],
    [['--max-streams', 'many'], {}, /--max-streams many is no limit/],
    [['--keep-answers-days', '6'], {}, /--keep-answers-days 6 is too few: give a whole number from 7/],
    [['agents', 'all'], {}, /Unexpected argument 'all'\. See: npm run portal -- agents --help/],
    [['token'], {}, /token create or token revoke\?/],
    [['token', 'create'], {}, /Whose token\? Give --agent ID/],
    [['token', 'revoke'], {}, /Which tokens\? Give one of/],
    [['token', 'revoke', '--agent', 'a', '--label', 'b'], {}, /Which tokens\? Give one of/],
    [['template'], {}, /Where to\?/],
    [['--token-file', 'x'], {}, /--token-file goes with --demo/],
    [['--data', 'x'], { DATABASE_URL: 'postgres://x' }, /Both --data and DATABASE_URL/],
    [['--demo'], { DATABASE_URL: 'postgres://x' }, /unset DATABASE_URL or leave out --demo/],
    [
      [],
      { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' },
      /127\.0\.0\.1:1\/x can't be used: .*Check DATABASE_URL/,
    ],
    [[], { PORTAL_LOG: 'loud' }, /PORTAL_LOG=loud is no level/],
  ])('%j %j: says what to do', async (args, env, text) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const error: unknown = await run(...args).catch((refused: unknown) => refused)
    expect(error).toBeInstanceOf(PortalError)
    expect(String(error)).toMatch(text)
    expect(String(error)).not.toContain('secret')
  })

  test('an expected failure is one line and exit code 1', async () => {
    expect(await start(['token', 'create']).ended).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Whose token? Give --agent ID; `npm run portal -- agents` lists them.\n',
    })
  })

  test('lists agents, makes tokens and revokes them', async () => {
    await fill()
    expect(await run('agents', '--data', folder)).toMatch(/^lena +l1 +EMEA +Lena\nomar .*\nsue .*\n$/)
    const token = (await run('token', 'create', '--agent', 'lena', '--data', folder)).trim()
    expect(token).toMatch(/^mrd_\S{43}$/)
    expect(await run('token', 'revoke', '--token', token, '--data', folder)).toBe('1 token revoked\n')
    await expect(run('token', 'create', '--agent', 'nobody', '--data', folder)).rejects.toThrow(
      'There is no agent nobody; `npm run portal -- agents` lists them.',
    )
  }, 60_000)

  test('makes every desk start over when told that the database was restored', async () => {
    await fill()
    const generation = async () => {
      const { db, close } = await openDatabase({ kind: 'folder', folder }, quiet)
      const workspace = await readWorkspace(db)
      await close()
      return workspace.generation
    }
    const before = await generation()
    expect(await run('restored', '--data', folder)).toMatch(/^Every desk fetches everything again/)
    expect(await generation()).not.toBe(before)
  }, 60_000)

  test('serves, and what it has acknowledged survives that it is killed', async () => {
    await fill()
    const token = await run('token', 'create', '--agent', 'lena', '--data', folder)
    const authorization = `Bearer ${token.trim()}`
    const serve = ['serve', '--data', folder, '--port', '0', '--json-ready']
    const body = JSON.stringify({ commands: [command('reply', 'a', { body: 'kept' })] })
    const headers = { authorization, 'content-type': 'application/json' }
    const post = async (url: string) =>
      (await fetch(`${url}/v1/commands`, { method: 'POST', headers, body })).json()

    const first = start(serve)
    const { url } = await first.ready()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await post(url)).toMatchObject({ results: [{ outcome: 'applied' }] })
    await expect(run('agents', '--data', folder)).rejects.toThrow(/in use by another portal/)
    first.child.kill('SIGKILL')
    await first.ended

    const second = start(serve)
    const again = await second.ready()
    expect(await post(again.url)).toMatchObject({ results: [{ outcome: 'applied', duplicate: true }] })
    // Told to stop, it ends open streams and does not wait for anybody.
    const stream = await fetch(`${again.url}/v1/stream`, { headers: { authorization } })
    second.child.kill('SIGTERM')
    expect(await stream.text()).toMatch(/^event: poke\n/)
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' })
  }, 60_000)

  test('serves the demo with a token for each role', async () => {
    const file = path.join(folder, 'tokens.json')
    const portal = start([
      '--demo',
      '--data',
      path.join(folder, 'demo'),
      '--port',
      '0',
      '--token-file',
      file,
      '--json-ready',
    ])
    const { url, tokens } = await portal.ready()
    for (const role of ['l1', 'backline', 'supervisor']) {
      const response = await fetch(`${url}/v1/session`, {
        headers: { authorization: `Bearer ${tokens[role]}` },
      })
      expect(await response.json()).toMatchObject({ agent: { role }, workspace: { id: 'demo' } })
    }
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ url, tokens })
    expect(statSync(file).mode & 0o077).toBe(0)
    portal.child.kill('SIGINT')
    expect((await portal.ended).code).toBe(0)
  }, 60_000)
})
