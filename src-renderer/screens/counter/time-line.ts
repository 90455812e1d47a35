import type { Message } from '../../../src-preload/contract/messaging.ts'
import type { Notice, Payment } from '../../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import type { Transfer } from '../../../src-preload/contract/transfers.ts'
import type { ShownProblem } from '../../components/problem.ts'
import {
  isPaymentAlive,
  isPaymentRefused,
  messageStatus,
  noticeStatus,
  paymentStatus,
  printStatus,
  type StatusName,
  transferStatus,
} from '../../components/status.ts'
import { type AnswerName, answerNames } from '../../components/use-printer-words.ts'

/** Something that was refused at the counter itself, so that no outbox knows of it. */
export interface Refusal {
  readonly id: string
  readonly at: number
  readonly problem: ShownProblem
}

export type TimeLineItem =
  | { readonly kind: 'message'; readonly id: string; readonly at: number; readonly message: Message }
  | { readonly kind: 'payment'; readonly id: string; readonly at: number; readonly payment: Payment }
  | { readonly kind: 'print'; readonly id: string; readonly at: number; readonly job: PrintJob }
  | { readonly kind: 'transfer'; readonly id: string; readonly at: number; readonly transfer: Transfer }
  /** Money that came in by itself and fits this sale to the shilling: a proposal, not yet part of it. */
  | { readonly kind: 'notice'; readonly id: string; readonly at: number; readonly notice: Notice }
  | { readonly kind: 'refusal'; readonly id: string; readonly at: number; readonly problem: ShownProblem }

export type NextStep =
  | 'retryMessage'
  | 'sendNow'
  | 'cancel'
  | 'linkWhatsApp'
  | 'sendBySms'
  | 'decideMessage'
  | 'checkNow'
  | 'decidePayment'
  | 'askAgain'
  | 'enterCode'
  | 'writeOffExcess'
  | 'takeNotice'
  | 'decideTransfer'
  | AnswerName
  | 'retryPrint'
  | 'printNow'

export interface SaleHistory {
  readonly messages: readonly Message[]
  readonly payments: readonly Payment[]
  readonly jobs: readonly PrintJob[]
  readonly transfers: readonly Transfer[]
  /** Waiting ones of just the amount that the sale lacks. */
  readonly notices: readonly Notice[]
  readonly refusals: readonly Refusal[]
}

/** A paper of which only a person can say whether it came. */
export function asksPaper(item: TimeLineItem): boolean {
  return item.kind === 'print' && item.job.state === 'unknown'
}

/**
 * Everything that happened around one sale, newest first; what is only proposed, and what asks whether a paper came,
 * stands above it.
 */
export function mergeTimeLine(history: SaleHistory): TimeLineItem[] {
  const { messages, payments, jobs, transfers, notices, refusals } = history
  const proposed = notices.map(
    (notice) => ({ kind: 'notice', id: notice.id, at: notice.receivedAt, notice }) as const,
  )
  const items: TimeLineItem[] = [
    ...refusals.map((refusal) => ({ kind: 'refusal', ...refusal }) as const),
    ...payments.map(
      (payment) => ({ kind: 'payment', id: payment.id, at: payment.createdAt, payment }) as const,
    ),
    ...messages.map(
      (message) => ({ kind: 'message', id: message.id, at: message.createdAt, message }) as const,
    ),
    ...transfers.map(
      (transfer) => ({ kind: 'transfer', id: transfer.id, at: transfer.createdAt, transfer }) as const,
    ),
    ...jobs.map((job) => ({ kind: 'print', id: job.id, at: job.createdAt, job }) as const),
  ]
  const sorted = items.toSorted((a, b) => b.at - a.at)
  return [...proposed, ...sorted.filter(asksPaper), ...sorted.filter((item) => !asksPaper(item))]
}

/** The prompt that F6 may repeat: the newest payment, when the phone was asked and it was refused for good. */
export function askableAgain(payments: readonly Payment[]): Payment | null {
  const newest = payments.toSorted((a, b) => b.createdAt - a.createdAt)[0]
  return newest?.origin === 'prompt' && isPaymentRefused(newest) ? newest : null
}

/** What a completed payment rests on, where that is weaker than the network's own answer; null otherwise. */
export function weakProof({ state, proof }: Pick<Payment, 'state' | 'proof'>): WeakProof | null {
  if (state !== 'completed' && state !== 'reversed') return null
  return proof === 'callback' || proof === 'notice' || proof === 'statement' || proof === 'person'
    ? proof
    : null
}
export type WeakProof = 'callback' | 'notice' | 'statement' | 'person'

export function statusOf(item: TimeLineItem): StatusName | null {
  switch (item.kind) {
    case 'message':
      return messageStatus(item.message)
    case 'payment':
      return paymentStatus(item.payment)
    case 'print':
      return printStatus(item.job)
    case 'transfer':
      return transferStatus(item.transfer)
    case 'notice':
      return noticeStatus(item.notice)
    default:
      return null
  }
}

function messageSteps(message: Message): readonly NextStep[] {
  switch (messageStatus(message)) {
    case 'failed':
      if (message.reason === 'notPaired') return ['linkWhatsApp', 'retryMessage']
      if (message.reason === 'notOnWhatsApp') return ['sendBySms']
      return ['retryMessage']
    case 'cancelledHere':
      return ['retryMessage']
    case 'needsDecision':
      return ['decideMessage']
    case 'queued':
      // Tried, and nothing speaks against it: it lies with the provider, and is no longer ours to cancel.
      return message.attempts > 0 && message.reason === null ? [] : ['cancel']
    case 'heldOffline':
      return ['cancel']
    default:
      return []
  }
}

function aliveSteps(payment: Payment): readonly NextStep[] {
  if (payment.state === 'pending') return []
  // While the phone still shows the request, asking the network is enough where it can be asked.
  const wantsCode = payment.claimedCode === null && (payment.state === 'unknown' || !payment.canAsk)
  const steps: readonly NextStep[] = payment.canAsk ? ['checkNow'] : []
  return wantsCode && payment.origin === 'prompt' ? [...steps, 'enterCode'] : steps
}

function paymentSteps(payment: Payment, payments: readonly Payment[], dueMinor: number): readonly NextStep[] {
  if (payment.excessMinor > 0) return ['writeOffExcess']
  if (payment.needsDecision) return ['decidePayment', 'enterCode']
  if (isPaymentAlive(payment)) return aliveSteps(payment)
  return dueMinor > 0 && askableAgain(payments)?.id === payment.id ? ['askAgain'] : []
}

function printSteps(job: PrintJob): readonly NextStep[] {
  // Its printer can say nothing, and nobody is asked.
  if (job.reason === 'drawerUnsure') return []
  if (job.state === 'unknown') return answerNames(job)
  if (job.state === 'queued') return job.sending ? [] : ['cancel']
  // A drawer that opens late opens for nobody.
  if (job.state === 'printed' || job.purpose === 'drawer') return []
  // What took its place is a job of its own: this paper must not come a second time.
  if (job.reason === 'personDecided' || job.reason === 'replaced') return []
  return [job.reason === 'deadlinePassed' ? 'printNow' : 'retryPrint']
}

/**
 * What a person can do about an item now; the first is the one that usually helps.
 * @param dueMinor minor units that the sale still lacks
 */
export function nextSteps(
  item: TimeLineItem,
  payments: readonly Payment[],
  dueMinor: number,
): readonly NextStep[] {
  switch (item.kind) {
    case 'message':
      return messageSteps(item.message)
    case 'payment':
      return paymentSteps(item.payment, payments, dueMinor)
    case 'print':
      return printSteps(item.job)
    case 'transfer':
      return item.transfer.needsDecision ? ['decideTransfer'] : []
    case 'notice':
      return ['takeNotice']
    default:
      return []
  }
}
