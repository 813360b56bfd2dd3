import { createInterface } from 'node:readline'
import { answerLine } from './answer-line'
import { answerDeadline, deadlineCaseSchema } from './deadline-case'

const help = `Usage: npm run -s sla -- COMMAND

  deadlines < cases.jsonl   one {"id","due"} a line, in order
  --help                    this text
`

const [command] = process.argv.slice(2)
if (command === 'deadlines')
  await answerAll((line) => answerLine({ schema: deadlineCaseSchema, answer: answerDeadline }, line))
else process.stdout.write(help)

async function answerAll(answer: (line: string) => string) {
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${answer(line)}\n`)
}
