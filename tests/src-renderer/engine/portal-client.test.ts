import { expect, test } from 'vitest'
import { z } from 'zod'
import { problemResponse } from '../../../src-main/portal-problem'
import { createClient } from '../../../src-renderer/engine/portal-client'
import { VirtualMachine } from './virtual-world'

test.each([
  [undefined, 'The portal can’t be reached'],
  ['the connection was cut', 'The portal can’t be reached: the connection was cut'],
])('what main says of a request that did not get through is said once: %s', async (reason, message) => {
  const machine = new VirtualMachine()
  machine.network = async () => problemResponse('unreachable', reason)
  const client = createClient({
    world: machine.process(),
    profile: 'acme.ana',
    signal: new AbortController().signal,
    offsetMs: undefined,
    onOffset: () => {},
  })
  expect(await client.get('/session', z.unknown())).toEqual({
    ok: false,
    failure: { kind: 'offline', message, answered: false },
  })
})
