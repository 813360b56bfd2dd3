import type { Instant } from '../time/instant'
import { dueInWords, spanInWords } from './due-words'
import type { QueueRow } from './row'

/** What a ticket asks for next, in words, the most pressing first; empty when nothing waits for us. */
export function nextSteps(row: QueueRow, now: Instant): readonly string[] {
  if (row.mergedInto !== undefined) return ['Merged: the other ticket goes on']
  if (!row.isOpen) return []
  const steps: string[] = []
  if (row.parked > 0) steps.push('A change of yours was refused: decide what becomes of it')
  if (row.assigneeId === undefined) steps.push('Nobody has it: claim it')
  if (row.escalation?.state === 'offered') {
    steps.push(`The backline of ${row.escalation.to} has not answered for ${ago(row.escalation.at, now)}`)
  }
  if (row.escalation?.state === 'returned') steps.push(`${row.escalation.to} returned it: see what they ask`)
  const { firstResponse } = row.report
  if (firstResponse.state === 'running' || firstResponse.state === 'breached') {
    steps.push(`Answer for the first time: ${dueInWords(firstResponse.due, now)}`)
  } else if (row.awaitsReply && row.customerAt !== undefined) {
    steps.push(`Answer: the customer wrote ${ago(row.customerAt, now)} ago`)
  }
  if (row.promisedAt !== undefined) {
    steps.push(`Give the promised update: ${dueInWords(row.promisedAt, now)}`)
  }
  if (row.awaitingProposal) steps.push('Propose a course of action with a date')
  else if (row.courseOfActionAt !== undefined && row.report.resolution.state === 'running') {
    steps.push(`Course of action: ${dueInWords(row.courseOfActionAt, now)}`)
  }
  if (row.status === 'waiting-on-customer' && !row.awaitsReply) steps.push('Waits on the customer')
  return steps
}

function ago(at: Instant, now: Instant): string {
  return spanInWords(Math.max(0, now - at))
}
