import type { Message } from '../../../src-preload/contract/messaging.ts'
import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../../src-preload/contract/printing.ts'
import type { ShownProblem } from '../../components/problem.ts'
import {
  isPaymentAlive,
  isPaymentRefused,
  messageStatus,
  paymentStatus,
  printStatus,
  type StatusName,
} from '../../components/status.ts'

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
  | 'paperYes'
  | 'paperNo'
  | 'retryPrint'

export interface SaleHistory {
  readonly messages: readonly Message[]
  readonly payments: readonly Payment[]
  readonly jobs: readonly PrintJob[]
  readonly refusals: readonly Refusal[]
}

/** Everything that happened around one sale, newest first. */
export function mergeTimeLine({ messages, payments, jobs, refusals }: SaleHistory): TimeLineItem[] {
  const items: TimeLineItem[] = [
    ...refusals.map((refusal) => ({ kind: 'refusal', ...refusal }) as const),
    ...payments.map(
      (payment) => ({ kind: 'payment', id: payment.id, at: payment.createdAt, payment }) as const,
    ),
    ...messages.map(
      (message) => ({ kind: 'message', id: message.id, at: message.createdAt, message }) as const,
    ),
    ...jobs.map((job) => ({ kind: 'print', id: job.id, at: job.createdAt, job }) as const),
  ]
  return items.toSorted((a, b) => b.at - a.at)
}

/** The payment that F6 may ask for again: the newest, when it was refused for good. */
export function askableAgain(payments: readonly Payment[]): Payment | null {
  const newest = payments.toSorted((a, b) => b.createdAt - a.createdAt)[0]
  return newest !== undefined && isPaymentRefused(newest) ? newest : null
}

export function statusOf(item: TimeLineItem): StatusName | null {
  switch (item.kind) {
    case 'message':
      return messageStatus(item.message)
    case 'payment':
      return paymentStatus(item.payment)
    case 'print':
      return printStatus(item.job)
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

function paymentSteps(payment: Payment, payments: readonly Payment[]): readonly NextStep[] {
  if (payment.needsDecision) return ['decidePayment']
  if (isPaymentAlive(payment)) return payment.state === 'pending' ? [] : ['checkNow']
  return askableAgain(payments)?.id === payment.id ? ['askAgain'] : []
}

function printSteps(job: PrintJob): readonly NextStep[] {
  if (job.state === 'unknown') return ['paperYes', 'paperNo']
  if (job.state === 'failed' || job.state === 'cancelled') return ['retryPrint']
  return job.state === 'queued' && !job.sending ? ['cancel'] : []
}

/** What a person can do about an item now; the first is the one that usually helps. */
export function nextSteps(item: TimeLineItem, payments: readonly Payment[]): readonly NextStep[] {
  switch (item.kind) {
    case 'message':
      return messageSteps(item.message)
    case 'payment':
      return paymentSteps(item.payment, payments)
    case 'print':
      return printSteps(item.job)
    default:
      return []
  }
}
