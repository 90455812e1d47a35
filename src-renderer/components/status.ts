import type { Message } from '../../src-preload/contract/messaging.ts'
import type { Effect } from '../../src-preload/contract/outbox.ts'
import type { Payment } from '../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../src-preload/contract/printing.ts'

export type Tone = 'grey' | 'accent' | 'amber' | 'red'

/** Every status a person can meet: its shape and colour here, its word in `status.*` of the language files. */
export const statuses = {
  queued: { shape: '○', tone: 'grey', turning: false },
  heldOffline: { shape: '⌁', tone: 'grey', turning: false },
  sending: { shape: '◔', tone: 'accent', turning: true },
  sent: { shape: '✓', tone: 'accent', turning: false },
  delivered: { shape: '✔', tone: 'accent', turning: false },
  read: { shape: '✓✓', tone: 'accent', turning: false },
  failed: { shape: '✕', tone: 'red', turning: false },
  unknown: { shape: '?', tone: 'amber', turning: false },
  needsDecision: { shape: '!', tone: 'amber', turning: false },
  asking: { shape: '◔', tone: 'accent', turning: true },
  prompted: { shape: '◔', tone: 'accent', turning: true },
  processing: { shape: '◔', tone: 'accent', turning: true },
  paid: { shape: '●', tone: 'accent', turning: false },
  notPaid: { shape: '✕', tone: 'red', turning: false },
  wrongPin: { shape: '✕', tone: 'red', turning: false },
  noMoney: { shape: '✕', tone: 'red', turning: false },
  cancelledByCustomer: { shape: '⊘', tone: 'grey', turning: false },
  noAnswer: { shape: '⊘', tone: 'grey', turning: false },
  reversed: { shape: '↺', tone: 'grey', turning: false },
  cancelledHere: { shape: '⊘', tone: 'grey', turning: false },
  queuedPrint: { shape: '○', tone: 'grey', turning: false },
  printing: { shape: '◔', tone: 'accent', turning: true },
  printed: { shape: '▤', tone: 'accent', turning: false },
  paperUnsure: { shape: '?', tone: 'amber', turning: false },
  noPaper: { shape: '!', tone: 'red', turning: false },
  coverOpen: { shape: '!', tone: 'red', turning: false },
  printerSilent: { shape: '!', tone: 'red', turning: false },
  notPrinted: { shape: '✕', tone: 'red', turning: false },
  done: { shape: '✓', tone: 'accent', turning: false },
} as const satisfies Record<string, { shape: string; tone: Tone; turning: boolean }>

export type StatusName = keyof typeof statuses

export function messageStatus(message: Pick<Message, 'state' | 'sending' | 'reason'>): StatusName {
  if (message.sending) return 'sending'
  switch (message.state) {
    case 'queued':
      return message.reason === 'offline' ? 'heldOffline' : 'queued'
    case 'unknown':
      return message.reason === 'needsDecision' ? 'needsDecision' : 'unknown'
    case 'cancelled':
      return 'cancelledHere'
    default:
      return message.state
  }
}

function refusedPaymentStatus(reason: Payment['reason']): StatusName {
  switch (reason) {
    case 'wrongPin':
    case 'pinLocked':
      return 'wrongPin'
    case 'insufficientFunds':
      return 'noMoney'
    case 'customerCancelled':
      return 'cancelledByCustomer'
    case 'noAnswer':
    case 'promptExpired':
      return 'noAnswer'
    case 'cancelledHere':
      return 'cancelledHere'
    default:
      return 'notPaid'
  }
}

export function paymentStatus(payment: Pick<Payment, 'state' | 'reason' | 'needsDecision'>): StatusName {
  switch (payment.state) {
    case 'pending':
      return 'asking'
    case 'unknown':
      return payment.needsDecision ? 'needsDecision' : 'unknown'
    case 'completed':
      return 'paid'
    case 'cancelled':
      return payment.reason === null ? 'cancelledByCustomer' : refusedPaymentStatus(payment.reason)
    case 'expired':
      return 'noAnswer'
    case 'failed':
      return refusedPaymentStatus(payment.reason)
    default:
      return payment.state
  }
}

export function printStatus(job: Pick<PrintJob, 'state' | 'sending' | 'reason'>): StatusName {
  if (job.sending) return 'printing'
  switch (job.state) {
    case 'queued':
    case 'failed':
      if (job.reason === 'noPaper' || job.reason === 'coverOpen') return job.reason
      if (job.reason === 'printerOffline') return 'printerSilent'
      return job.state === 'queued' ? 'queuedPrint' : 'notPrinted'
    case 'unknown':
      return 'paperUnsure'
    case 'cancelled':
      return 'cancelledHere'
    default:
      return job.state
  }
}

export function effectStatus(
  effect: Pick<Effect, 'state' | 'reason' | 'needsDecision' | 'kind'>,
): StatusName {
  switch (effect.state) {
    case 'leased':
      return 'sending'
    case 'unknown':
      return effect.needsDecision ? (effect.kind === 'print' ? 'paperUnsure' : 'needsDecision') : 'unknown'
    case 'cancelled':
      return 'cancelledHere'
    case 'queued':
      if (effect.kind === 'print')
        return printStatus({ state: 'queued', sending: false, reason: effect.reason })
      return effect.reason === 'offline' ? 'heldOffline' : 'queued'
    default:
      return effect.state
  }
}

/** A payment that may still be answered: the prompt is on the phone, or its fate is not known. */
export function isPaymentAlive(payment: Pick<Payment, 'state'>): boolean {
  return ['pending', 'prompted', 'processing', 'unknown'].includes(payment.state)
}

/** A refusal that will not change any more, after which the customer may be asked again. */
export function isPaymentRefused(payment: Pick<Payment, 'state'>): boolean {
  return ['failed', 'cancelled', 'expired'].includes(payment.state)
}
