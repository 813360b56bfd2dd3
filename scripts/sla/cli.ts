import { readFile } from 'node:fs/promises'
import type { Calendar } from '#shared/time/calendar'
import { answerLine } from './answer-line'
import { checkFile } from './check-file'
import { compareCommand } from './compare-command'
import { answerDeadline, deadlineCaseSchema } from './deadline-case'
import { explainCommand } from './explain-command'
import { linesOf } from './lines'
import { Refusal } from './refusal'
import { answerTicket, ticketCaseSchema } from './ticket-case'

const help = `Usage: npm run -s sla -- COMMAND

Answers what is due when, on Node alone, from the same rules as the console.

  deadlines < cases.jsonl    {"id","due"} for each {"id","calendar","start","target","pauses"}
  tickets < cases.jsonl      {"id","firstResponse","resolution"} for each {"id","calendar","policy","plan","events","now"}
  explain --plan PLAN --priority P1|P2|P3|P4 --calendar NAME --at INSTANT
          [--policy FILE] [--channel portal|chat|email|phone] [--json]
                             when both targets of such a ticket are due, and why; NAME is a calendar's id, part of one,
                             a region (amer, emea, apac), or a file ending in .json; PLAN standard, premium, premium-plus
  compare OLD.json NEW.json --tickets FILE.jsonl [--now INSTANT]
                             by how much due times move when a calendar or a policy is replaced; the tickets as for
                             'tickets', judged at INSTANT (the latest now among them)
  check FILE...              whether files are valid policy packs or calendars; ends with 1 when one is not
  --help                     this text

deadlines and tickets: one line out for one line in, in order. A line that cannot be read gives {"id","error"}, and the run goes on.
Instants are ISO-8601 with an offset, like 2026-07-10T15:30:00.000Z. A deadline that lies after the date through which its
calendar is known is told on stderr. Ends with 2 when it is called wrongly.
`

const beyondOf = new Map<string, { readonly validThrough: string | undefined; count: number }>()
const beyond = ({ id, validThrough }: Calendar): void => {
  const seen = beyondOf.get(id) ?? { validThrough, count: 0 }
  seen.count += 1
  beyondOf.set(id, seen)
}

const [command, ...rest] = process.argv.slice(2)
switch (command) {
  case 'deadlines':
    await answerAll((line) =>
      answerLine({ schema: deadlineCaseSchema, answer: (input) => answerDeadline(input, beyond) }, line),
    )
    break
  case 'tickets':
    await answerAll((line) =>
      answerLine({ schema: ticketCaseSchema, answer: (input) => answerTicket(input, beyond) }, line),
    )
    break
  case 'explain':
    await unlessRefused(async () => {
      const { out, warning } = await explainCommand(rest)
      process.stdout.write(`${out}\n`)
      if (warning !== undefined) process.stderr.write(`warning: ${warning}\n`)
    })
    break
  case 'compare':
    await unlessRefused(async () => {
      process.stdout.write(`${(await compareCommand(rest)).join('\n')}\n`)
    })
    break
  case 'check':
    await check(rest)
    break
  case '--help':
  case '-h':
  case 'help':
    process.stdout.write(help)
    break
  default:
    process.stderr.write(command === undefined ? help : `'${command}' is not a command of sla.\n\n${help}`)
    process.exitCode = 2
}

async function answerAll(answer: (line: string) => string): Promise<void> {
  // The reader of a pipe may stop early, as `head` does; that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  process.stdin.setEncoding('utf8')
  for await (const line of linesOf(process.stdin)) {
    const hasRoom = process.stdout.write(`${answer(line)}\n`)
    if (!hasRoom) await new Promise((resolve) => process.stdout.once('drain', resolve))
  }
  for (const [id, { validThrough, count }] of beyondOf) {
    process.stderr.write(
      `warning: ${count} of the lines have a deadline after ${validThrough}, through which calendar ${id} is known\n`,
    )
  }
}

async function unlessRefused(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  }
}

async function check(files: readonly string[]): Promise<void> {
  if (files.length === 0) {
    process.stderr.write('check: name at least one file, such as resources/policies/bigpanda.json\n')
    process.exitCode = 2
  }
  for (const file of files) {
    const result = await readFile(file, 'utf8').then(checkFile, unreadable)
    if (result.ok) process.stdout.write(`${file}: a valid ${result.kind}, '${result.id}'\n`)
    else {
      for (const { field, message } of result.problems)
        process.stdout.write(`${file}: ${field}: ${message}\n`)
      process.exitCode = 1
    }
  }
}

function unreadable(error: unknown): ReturnType<typeof checkFile> {
  if (!(error instanceof Error && 'code' in error)) throw error
  return {
    ok: false,
    problems: [{ field: 'file', message: `cannot be read (${String(error.code)}); check the path` }],
  }
}
