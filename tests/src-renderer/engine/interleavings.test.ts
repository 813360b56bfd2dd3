import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CommandDraft, DeskStore } from '../../../src-renderer/store/desk-store'
import { ben, MINUTE, note, priority, status, type What } from '../../src-shared/tickets/samples'
import { Rig } from './desk-rig'
import { PROFILE } from './fake-desk'
import { problem } from './in-memory-portal'
import { until } from './virtual-world'

/*
 * Random stories of one desk and its portal, run against the real engine and store. Whatever happens: no command is
 * lost, none is applied twice, and the desk ends up showing what the portal has. A failure prints its seed.
 */

const targets = ['t1', 't2', 't3'] as const
const target = fc.constantFrom(...targets)
const change = fc.constantFrom<What>(
  status('on-hold'),
  status('open'),
  status('solved'),
  priority('P1'),
  priority('P3', 'x'),
)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), target }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), target, what: change }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('theirs' as const), target, what: change }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('kill' as const),
      damage: fc.constantFrom('none', 'mirror', 'journal'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('network' as const),
      is: fc.constantFrom('on', 'off', 'loses answers', 'fails'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('feed too old' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), by: fc.constantFrom(-60, 60) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(0, 3, 40) }),
  },
)

test('any story ends with everything sent once and the desk in step', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (story) => {
      const rig = new Rig()
      for (const id of targets) rig.ticket(id)
      let store: DeskStore = await rig.synced()
      const written: { target: string; body: string }[] = []
      const accepted = (draft: CommandDraft) =>
        store.run(draft).then(
          () => true,
          () => false,
        )

      for (const now of story) {
        switch (now.do) {
          case 'write': {
            const body = `text ${written.length}`
            await accepted({ ...note(body), target: now.target } as CommandDraft)
            written.push({ target: now.target, body })
            break
          }
          case 'change':
            await accepted({ ...now.what, target: now.target } as CommandDraft)
            break
          case 'theirs':
            rig.portal.take(
              {
                ...now.what,
                id: crypto.randomUUID(),
                at: 0,
                target: now.target,
                baseVersion: rig.portal.version,
              },
              ben,
            )
            break
          case 'kill':
            await rig.kill()
            if (now.damage !== 'none') rig.machine.factory.deleteDatabase(`${now.damage}.${PROFILE}`)
            store = await rig.start()
            await until('rows', () => store.rows.isReady())
            // Only what is on the screen can be worked on.
            if (now.damage === 'mirror') {
              rig.plug()
              rig.portal.fault = () => undefined
              store.syncNow()
              await until('the tickets', () => targets.every((id) => store.rows.get(id)))
            }
            break
          case 'network':
            rig.portal.fault = (path) => {
              if (now.is === 'loses answers' && path === 'commands') return 'lose-answer'
              return now.is === 'fails' ? problem(503, 'unavailable', 'later') : undefined
            }
            if (now.is === 'off') rig.unplug()
            else rig.plug()
            break
          case 'feed too old':
            rig.portal.oldestCursor = rig.portal.version
            break
          case 'clock':
            rig.machine.clock += now.by * MINUTE
            break
          case 'wait':
            await rig.machine.advance(now.seconds * 1000)
        }
      }

      rig.plug()
      rig.portal.fault = () => undefined
      store.syncNow()
      await rig.machine.advance(2 * MINUTE)
      await rig.inSync(store)
      store.syncNow()
      await rig.machine.advance(10_000)

      const texts = [...rig.portal.records.values()]
        .filter(({ kind }) => kind === 'message')
        .sort((a, b) => a.version - b.version)
        .map(({ value }) => value as { ticketId: string; body?: string })
        .filter(({ body }) => body !== undefined)
      for (const id of targets) {
        const mine = written.filter((text) => text.target === id)
        expect(texts.filter(({ ticketId }) => ticketId === id).map(({ body }) => body)).toEqual(
          mine.map(({ body }) => body),
        )
      }
      expect(store.status.get().unsent).toBe(0)
      for (const id of targets) {
        const { status, priority } = rig.portal.tickets.get(id) ?? {}
        expect(store.rows.get(id)).toMatchObject({ status, priority })
      }
      const parked = store.status.get().parked
      const left = [...rig.main.copy.keys()].filter((key) => key.startsWith('outbox/'))
      expect(left).toHaveLength(parked)
      await rig.stop()
    }),
    { numRuns: 30 },
  )
})
