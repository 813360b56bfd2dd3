import { note, priority, reply, status } from '../../src-shared/tickets/samples'
import type { Edit, Fault, Page, Rule, WireRecord } from '../fault'
import type { Scenario, Step } from '../scenario'

const MINUTE = 60_000

const spoils = (edit: Edit): Fault => ({ kind: 'spoils', edit })
const theyWrite: Step = { do: 'they chatter', notes: 14 }
const lasts: Step = { do: 'wait', ms: 3 * MINUTE }

const mapTickets = (page: Page, map: (record: WireRecord) => readonly WireRecord[]): Page => ({
  ...page,
  records: page.records.flatMap((record) => (record.kind === 'ticket' ? map(record) : [record])),
})
const older = (record: WireRecord): WireRecord => ({
  ...record,
  version: record.version - 1,
  value: { ...(record.value as object), subject: 'As it was before' },
})

/** What may be wrong with pages while the desk goes on: the portal sends it once or twice, and nothing comes of it. */
const harmless: readonly { readonly name: string; readonly edit: Edit; readonly times: number }[] = [
  {
    name: 'overlapping pages',
    edit: (page, { before }) => ({ ...page, records: [...(before?.records ?? []), ...page.records] }),
    times: 3,
  },
  {
    name: 'rows out of order',
    edit: (page) => ({ ...page, records: [...page.records].reverse() }),
    times: 3,
  },
  {
    name: 'the same row twice in a page, older after newer',
    edit: (page) => mapTickets(page, (record) => [record, older(record)]),
    times: 3,
  },
  {
    name: 'the same row twice in a page, newer after older',
    edit: (page) => mapTickets(page, (record) => [older(record), record]),
    times: 3,
  },
  {
    name: 'a tombstone before what it deletes',
    edit: (page) => ({
      ...page,
      records: [
        { kind: 'ticket', id: 'ghost', version: 1e9 },
        {
          kind: 'ticket',
          id: 'ghost',
          version: 1e9 - 1,
          value: page.records.find(({ kind }) => kind === 'ticket')?.value,
        },
        ...page.records,
      ],
    }),
    times: 3,
  },
  {
    name: 'fields that this desk does not know',
    edit: (page) => ({
      ...mapTickets(page, (record) => [{ ...record, value: { ...(record.value as object), mood: 'sunny' } }]),
      weather: 'fine',
    }),
    times: 3,
  },
]

/** What no portal sends: the desk says so, asks again at decent intervals, and is well when the portal is. */
const refused: readonly {
  readonly name: string
  readonly on: 'bootstrap' | 'changes'
  readonly fault: Fault
  /** Pages that come as they should before it. */
  readonly after?: number
  readonly says: RegExp
}[] = [
  {
    name: 'a page with the same cursor for ever',
    on: 'changes',
    fault: spoils((page, { after = '' }) => ({ ...page, cursor: after, more: true })),
    says: /again and again/,
  },
  {
    name: 'an empty page that says there is more',
    on: 'changes',
    fault: spoils((page, { after = '' }) => ({ ...page, records: [], cursor: after, more: true })),
    says: /again and again/,
  },
  {
    name: 'empty pages without end, each with a cursor of its own',
    on: 'changes',
    fault: { kind: 'answers', answer: { status: 200, endless: 'changes' } },
    says: /again and again/,
  },
  {
    name: 'a cursor that goes back and forth',
    on: 'changes',
    fault: spoils((page, { before, after = '', times }) =>
      times % 2 === 0 ? { ...page, more: true } : { ...page, cursor: before?.cursor ?? after, more: true },
    ),
    says: /again and again/,
  },
  {
    name: 'the page of before, whatever is asked',
    on: 'changes',
    fault: { kind: 'repeats' },
    after: 1,
    says: /again and again|another question/,
  },
  {
    name: 'a page that comes too early',
    on: 'changes',
    fault: spoils(async (page, { from }) => (page.more && page.cursor ? from(page.cursor) : page)),
    says: /another question/,
  },
  {
    name: 'the first page again and again',
    on: 'bootstrap',
    fault: { kind: 'repeats' },
    says: /again and again|another question/,
  },
  {
    name: 'a page of the first sync that comes too early',
    on: 'bootstrap',
    fault: spoils(async (page, { from }) => (page.next ? from(page.next) : page)),
    says: /another question/,
  },
  {
    name: 'pages of the first sync in a circle',
    on: 'bootstrap',
    fault: spoils((page, { before, times }) =>
      times % 2 === 0 && before?.next ? { ...page, next: before.next } : page,
    ),
    says: /again and again|another question/,
  },
  {
    name: 'empty pages of the first sync without end',
    on: 'bootstrap',
    fault: { kind: 'answers', answer: { status: 200, endless: 'bootstrap' } },
    says: /again and again/,
  },
]

type Hits = Pick<Rule, 'after' | 'times'>
const inTheFirstSync = (fault: Fault, hits: Hits): readonly Step[] => [
  { do: 'network', rules: [{ on: 'bootstrap', after: 1, ...hits, fault }] },
  { do: 'start', synced: false },
]
const inChanges = (fault: Fault, hits: Hits): readonly Step[] => [
  { do: 'start' },
  { do: 'network', rules: [{ on: 'changes', ...hits, fault }] },
  theyWrite,
]

export const pageScenarios: readonly Scenario[] = [
  ...harmless.flatMap(({ name, edit, times }) => [
    { name: `${name} in the first sync`, steps: inTheFirstSync(spoils(edit), { times }), pageLimit: 6 },
    { name: `${name} among changes`, steps: inChanges(spoils(edit), { times }), pageLimit: 6 },
  ]),
  ...refused.map(({ name, on, fault, after = on === 'bootstrap' ? 1 : 0, says }) => ({
    name,
    pageLimit: 6,
    mostInAMinute: 100,
    steps: [
      ...(on === 'bootstrap' ? inTheFirstSync : inChanges)(fault, { after }),
      { do: 'says', trouble: says } as const,
      lasts,
    ],
  })),
  {
    name: 'a cursor that goes back once',
    pageLimit: 6,
    steps: inChanges(
      spoils((page, { after = '' }) => ({ ...page, cursor: after, more: false })),
      { times: 2 },
    ),
  },
  {
    name: 'records of an unknown kind are kept aside and said',
    steps: [
      ...inChanges(
        spoils((page) => ({
          ...page,
          records: [...page.records, { kind: 'hologram', id: 'h1', version: 1e6, value: {} }],
        })),
        { times: 1 },
      ),
      { do: 'notice', text: /One record can't be read.*hologram/ },
    ],
  },
  {
    name: 'a record that breaks its schema is kept aside and said; its next version is read',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [
          {
            on: 'changes',
            times: 1,
            fault: spoils((page) =>
              mapTickets(page, (record) => [
                { ...record, value: { ...(record.value as object), subject: 7 } },
              ]),
            ),
          },
        ],
      },
      { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
      { do: 'notice', text: /One record can't be read.*t3: subject/ },
      { do: 'they', what: note('next version'), on: 't3' },
    ],
  },
  {
    name: 'a newer protocol: it says which side to update',
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [
          { on: 'changes', times: 1, fault: { kind: 'reset' } },
          { on: 'session', fault: spoils((session) => ({ ...session, protocol: 9 })) },
        ],
      },
      { do: 'write', what: reply('kept'), on: 't1' },
      { do: 'they', what: priority('P3', 'calmer now'), on: 't3' },
      { do: 'says', trouble: /protocol 9 .* update Meridian on this computer/ },
      lasts,
    ],
  },
  {
    name: 'a deleted ticket goes from the desk',
    steps: [{ do: 'start' }, { do: 'they delete', ticket: 't4' }, theyOn(5)],
  },
  {
    name: 'a deleted ticket with something of mine unsent on it',
    parked: 1,
    steps: [
      { do: 'start' },
      { do: 'portal', is: 'away' },
      { do: 'write', what: reply('to nobody'), on: 't4' },
      { do: 'write', what: reply('to somebody'), on: 't5' },
      { do: 'they delete', ticket: 't4' },
      { do: 'portal', is: 'back' },
      { do: 'status', is: { parked: 1, unsent: 0 } },
    ],
  },
  {
    name: 'changes from too far back (410): everything is fetched again, what I wrote stays',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'commands', fault: { kind: 'reset' } }] },
      { do: 'write', what: reply('older than the backup'), on: 't1' },
      { do: 'the portal is restored from a backup' },
      { do: 'they', what: status('on-hold'), on: 't2' },
    ],
  },
  {
    name: '410 in the middle of the first sync',
    steps: [
      {
        do: 'network',
        rules: [{ on: 'bootstrap', after: 2, times: 1, fault: { kind: 'never answers' } }],
      },
      { do: 'start', synced: false },
      { do: 'says', trouble: /did not answer/ },
      { do: 'the portal is restored from a backup' },
    ],
  },
  {
    name: '410 for every position: said, and not asked without end',
    mostInAMinute: 100,
    steps: [
      { do: 'start' },
      {
        do: 'network',
        rules: [{ on: 'changes', fault: { kind: 'answers', answer: { status: 410 } } }],
      },
      theyWrite,
      { do: 'says', trouble: /every position in its feed too old/ },
      lasts,
    ],
  },
  {
    name: 'a page of 100 MB is not read to its end',
    steps: [
      { do: 'start' },
      { do: 'network', rules: [{ on: 'changes', times: 2, fault: { kind: 'floods', bytes: 100_000_000 } }] },
      theyWrite,
      { do: 'says', trouble: /larger than \d+ MB/ },
      { do: 'at most read', megabytes: 80 },
    ],
  },
  {
    name: 'a line so slow that a page takes longer than a desk waits',
    pageLimit: 1000,
    steps: [
      {
        do: 'network',
        rules: [
          { on: 'bootstrap', fault: { kind: 'drips', bytes: 200, everyMs: 1000 } },
          { on: 'changes', fault: { kind: 'drips', bytes: 200, everyMs: 1000 } },
        ],
      },
      { do: 'start', synced: false },
      { do: 'says', trouble: /did not answer within 30 s/ },
      { do: 'wait', ms: 10 * MINUTE },
      { do: 'status', is: { kind: 'live' } },
      theyWrite,
      { do: 'wait', ms: 10 * MINUTE },
    ],
  },
]

function theyOn(n: number): Step {
  return { do: 'they', what: note('still here'), on: `t${n}` }
}
