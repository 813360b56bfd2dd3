import { createInterface } from 'node:readline'
import { answerLine } from './answer-line'
import { answerDeadline, deadlineCaseSchema } from './deadline-case'
import { answerTicket, ticketCaseSchema } from './ticket-case'

const [command] = process.argv.slice(2)
if (command === 'deadlines')
  await answerAll((line) => answerLine({ schema: deadlineCaseSchema, answer: answerDeadline }, line))
else if (command === 'tickets')
  await answerAll((line) => answerLine({ schema: ticketCaseSchema, answer: answerTicket }, line))

async function answerAll(answer: (line: string) => string) {
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${answer(line)}\n`)
}
