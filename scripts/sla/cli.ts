import { readFile } from 'node:fs/promises'
import { answerLine } from './answer-line'
import { checkFile } from './check-file'
import { answerDeadline, deadlineCaseSchema } from './deadline-case'
import { linesOf } from './lines'
import { answerTicket, ticketCaseSchema } from './ticket-case'

const help = `Usage: npm run -s sla -- COMMAND

Answers what is due when, on Node alone, from the same rules as the console.

  deadlines < cases.jsonl    {"id","due"} for each {"id","calendar","start","target","pauses"}
  tickets < cases.jsonl      {"id","firstResponse","resolution"} for each {"id","calendar","policy","plan","events","now"}
  check FILE...              whether files are valid policy packs or calendars; ends with 1 when one is not
  --help                     this text

One line out for one line in, in order. A line that cannot be read gives {"id","error"}, and the run goes on.
Instants are ISO-8601 with an offset, like 2026-07-10T15:30:00.000Z.
`

const [command, ...rest] = process.argv.slice(2)
switch (command) {
  case 'deadlines':
    await answerAll((line) => answerLine({ schema: deadlineCaseSchema, answer: answerDeadline }, line))
    break
  case 'tickets':
    await answerAll((line) => answerLine({ schema: ticketCaseSchema, answer: answerTicket }, line))
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
