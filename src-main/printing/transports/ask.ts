import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { LineEvent, PrinterLine } from './line.ts'
import { starStatusRequest } from './star.ts'
import {
  type Condition,
  type StatusAnswers,
  type StatusQuestion,
  statusCondition,
  statusRequest,
} from './status.ts'

/** What became of asking a printer how it is. */
export type Asked =
  | { readonly kind: 'answered'; readonly condition: Condition; readonly text: string }
  | { readonly kind: 'mute' }
  | { readonly kind: 'lost'; readonly detail: string }

const isStatus = (event: LineEvent) => event.kind === 'reply' && event.reply.kind === 'status'
const isCondition = (event: LineEvent) => event.kind === 'reply' && event.reply.kind === 'condition'

function hex(byte: number | null): string {
  return byte === null ? '--' : byte.toString(16).padStart(2, '0')
}

async function askOne(
  line: PrinterLine,
  question: StatusQuestion,
  ms: number,
): Promise<number | LineEvent | null> {
  const answered = line.next(isStatus, ms)
  line.send(statusRequest(question))
  const event = await answered
  return event?.kind === 'reply' && event.reply.kind === 'status' ? event.reply.byte : event
}

/**
 * One `DLE EOT` after the other, since the answers do not say which they are: after one that is missing no further is
 * asked. Paper before error, for clones that do not know the question about errors.
 */
async function askEscpos(line: PrinterLine, ms: number): Promise<Asked> {
  const answers = new Map<StatusQuestion, number>()
  for (const question of [1, 2, 4, 3] as const) {
    const answer = await askOne(line, question, ms)
    if (typeof answer === 'object' && answer?.kind === 'lost') return { kind: 'lost', detail: answer.detail }
    if (typeof answer !== 'number') break
    answers.set(question, answer)
  }
  if (answers.size === 0) return { kind: 'mute' }
  const said: StatusAnswers = {
    printer: answers.get(1) ?? null,
    offlineCause: answers.get(2) ?? null,
    error: answers.get(3) ?? null,
    paper: answers.get(4) ?? null,
  }
  const text = [said.printer, said.offlineCause, said.error, said.paper].map(hex).join(' ')
  return { kind: 'answered', condition: statusCondition(said), text: `DLE EOT 1 to 4: ${text}` }
}

async function askStar(line: PrinterLine, ms: number): Promise<Asked> {
  const answered = line.next(isCondition, ms)
  line.send(Uint8Array.from(starStatusRequest))
  const event = await answered
  if (event?.kind === 'lost') return { kind: 'lost', detail: event.detail }
  if (event?.kind !== 'reply' || event.reply.kind !== 'condition') return { kind: 'mute' }
  const { condition } = event.reply
  return { kind: 'answered', condition, text: `Star status: ${condition.reason ?? 'ready'}` }
}

/** Asks a printer how it is, in its language. @param ms milliseconds for one answer */
export function askPrinter(
  line: PrinterLine,
  language: PrinterProfile['language'],
  ms: number,
): Promise<Asked> {
  if (!line.twoWay) return Promise.resolve({ kind: 'mute' })
  return language === 'starprnt' ? askStar(line, ms) : askEscpos(line, ms)
}
