import type { Change } from './mutate'
import type { Invariant } from './story/violation'

/** A fault put into the product on purpose, and what the judges must say of it. */
export type Mutant = Change & { readonly name: string; readonly caughtAs: readonly (Invariant | 'failure')[] }

const push = 'src-renderer/engine/push.ts'
const afterResult = 'src-shared/sync/after-result.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'what is sent leaves the outbox before the answer',
    file: push,
    text: `    const answer = await client.post('/commands'`,
    instead: `    await journal.change(async (t) => { for (const { id } of batch) await t.removeEntry(id) })
    const answer = await client.post('/commands'`,
    caughtAs: ['I1', 'I4'],
  },
  {
    name: 'what failed is sent under another id',
    file: push,
    text: `        wait(batch, failure.retryAfterMs)`,
    instead: `        await journal.change(async (t) => {
          for (const entry of batch)
            await t.putEntry({ ...entry, command: { ...entry.command, id: world.uuid() } })
        })
        wait(batch, failure.retryAfterMs)`,
    caughtAs: ['I2'],
  },
  {
    name: 'commands about one ticket overtake each other',
    file: 'src-shared/sync/send-order.ts',
    text: `    const key = targetKey(entry.command)\n    if (entry.state.kind`,
    instead: `    const key = entry.id\n    if (entry.state.kind`,
    caughtAs: ['I3', 'I6'],
  },
  {
    name: 'what was applied is taken off the screen before the feed brings it',
    file: 'src-shared/sync/feed-passed.ts',
    text: `version >= state.version`,
    instead: `true`,
    caughtAs: ['I8'],
  },
  {
    name: 'the position is stored before the page',
    file: 'src-renderer/engine/pull.ts',
    text: `      const change = await writeChanges(`,
    instead: `      await mirror.meta.put(state)
      const change = await writeChanges(`,
    caughtAs: ['I5'],
  },
  {
    name: 'an older record takes the place of a newer one',
    file: 'src-renderer/store/mirror-write.ts',
    text: `record.version > version)`,
    instead: `record.version !== version)`,
    caughtAs: ['I4', 'I5'],
  },
  {
    name: 'what a new bootstrap does not bring stays',
    file: 'src-renderer/store/mirror-write.ts',
    text: `if (gone.length > 0) await db.table(kind).bulkDelete(gone)`,
    instead: ``,
    caughtAs: ['I4', 'I5'],
  },
  {
    name: 'windows are not told of a page',
    file: 'src-renderer/engine/tell-page.ts',
    text: `    tickets: [...change.tickets],`,
    instead: `    tickets: [],`,
    caughtAs: ['I4'],
  },
  {
    name: 'the second copy leaves out what is unsent',
    file: 'src-renderer/store/journal.ts',
    text: `      lines.push(lineOf.outbox(entry))`,
    instead: ``,
    caughtAs: ['I1'],
  },
  {
    name: 'what the portal refuses is dropped',
    file: afterResult,
    text: `      return [{ ...entry, state: parked(result.code, result.message, result.field ? [result.field] : []) }]`,
    instead: `      return [settled(entry)]`,
    caughtAs: ['I1', 'I6'],
  },
  {
    name: 'one that the portal chokes on holds up all others',
    file: 'src-shared/sync/send-order.ts',
    text: `    const key = targetKey(entry.command)
    if (entry.state.kind`,
    instead: `    const key = 'all in one line'
    if (entry.state.kind`,
    caughtAs: ['I7'],
  },
  {
    name: 'a failure is followed by the next try at once',
    file: 'src-shared/sync/backoff.ts',
    text: `  return Math.max(WAITS.least, Math.round(random * ceiling))`,
    instead: `  return Math.min(WAITS.least, Math.round(random * ceiling))`,
    caughtAs: ['I10', 'failure'],
  },
  {
    name: 'alerts are not written down',
    file: 'src-renderer/engine/alert-book.ts',
    text: `      for (const record of records) await transaction.putAlert(record)`,
    instead: ``,
    caughtAs: ['I9'],
  },
  {
    name: 'an alert that a kill cut off is taken for shown',
    file: 'src-renderer/engine/alert-book.ts',
    text: `    const records = await db.alerts.toArray()
    for (const record of records) if (record.state === 'due') this.#due.set(record.key, record)`,
    instead: `    const records = await db.alerts.toArray()
    for (const record of records) if (record.state === 'due') this.#settled.add(record.key)`,
    caughtAs: ['I9'],
  },
  {
    name: 'a draft goes before its text is stored as a command',
    file: 'src-renderer/store/desk-writes.ts',
    text: `      const { command } = await storeCommand(commands, draft)`,
    instead: `      if (draft.type === 'reply' || draft.type === 'note') {
        drafts.sent(draft.target, draft.type, draft.body)
        await journal.change((t) => t.removeDraft(\`\${draft.target}/\${draft.type}\`))
      }
      const { command } = await storeCommand(commands, draft)`,
    caughtAs: ['I11'],
  },
  {
    name: 'a draft stays though its text was sent',
    file: 'src-renderer/store/commands.ts',
    text: `        if (saved) await transaction.removeDraft(key)`,
    instead: ``,
    caughtAs: ['I11'],
  },
]
