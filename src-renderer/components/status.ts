import type { Message } from '../../src-preload/contract/messaging.ts'
import type { Effect } from '../../src-preload/contract/outbox.ts'
import type { Notice, Payment } from '../../src-preload/contract/payments.ts'
import type { PrintJob } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Reconciliation } from '../../src-preload/contract/reconciliation.ts'
import type { Transfer } from '../../src-preload/contract/transfers.ts'

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
  replaced: { shape: '⊘', tone: 'grey', turning: false },
  cancelledHere: { shape: '⊘', tone: 'grey', turning: false },
  queuedPrint: { shape: '○', tone: 'grey', turning: false },
  printing: { shape: '◔', tone: 'accent', turning: true },
  printed: { shape: '▤', tone: 'accent', turning: false },
  paperUnsure: { shape: '?', tone: 'amber', turning: false },
  noPaper: { shape: '!', tone: 'red', turning: false },
  coverOpen: { shape: '!', tone: 'red', turning: false },
  knifeStuck: { shape: '!', tone: 'red', turning: false },
  printerHot: { shape: '!', tone: 'amber', turning: false },
  printerFault: { shape: '!', tone: 'red', turning: false },
  printerForbidden: { shape: '!', tone: 'red', turning: false },
  printerSilent: { shape: '!', tone: 'red', turning: false },
  notPrinted: { shape: '✕', tone: 'red', turning: false },
  paperMissing: { shape: '⊘', tone: 'grey', turning: false },
  waitedTooLong: { shape: '!', tone: 'amber', turning: false },
  drawerOpened: { shape: '▭', tone: 'accent', turning: false },
  drawerUnsure: { shape: '?', tone: 'amber', turning: false },
  drawerShut: { shape: '✕', tone: 'red', turning: false },
  codeUnknown: { shape: '✕', tone: 'red', turning: false },
  codeUnproved: { shape: '?', tone: 'amber', turning: false },
  overpaid: { shape: '!', tone: 'red', turning: false },
  noticeWaiting: { shape: '◇', tone: 'amber', turning: false },
  noticeMatched: { shape: '◆', tone: 'accent', turning: false },
  noticeAside: { shape: '⊘', tone: 'grey', turning: false },
  returning: { shape: '◔', tone: 'accent', turning: true },
  returned: { shape: '↺', tone: 'grey', turning: false },
  notReturned: { shape: '✕', tone: 'red', turning: false },
  payingOut: { shape: '◔', tone: 'accent', turning: true },
  paidOut: { shape: '↗', tone: 'grey', turning: false },
  notPaidOut: { shape: '✕', tone: 'red', turning: false },
  comparing: { shape: '◔', tone: 'accent', turning: true },
  agrees: { shape: '●', tone: 'accent', turning: false },
  differs: { shape: '≠', tone: 'red', turning: false },
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

type ShownPayment = Pick<Payment, 'state' | 'reason' | 'needsDecision'> &
  Partial<Pick<Payment, 'origin' | 'claimedCode' | 'held'>>

/** Of money that may have come: who has to find out? */
function unsurePaymentStatus({ needsDecision, origin, claimedCode, reason }: ShownPayment): StatusName {
  if (reason === 'codeNotFound') return 'codeUnknown'
  if (needsDecision) return 'needsDecision'
  return origin === 'code' || (claimedCode ?? null) !== null ? 'codeUnproved' : 'unknown'
}

export function paymentStatus(payment: ShownPayment): StatusName {
  switch (payment.state) {
    case 'pending':
      return payment.origin === 'code' ? 'codeUnproved' : 'asking'
    case 'unknown':
      return unsurePaymentStatus(payment)
    case 'completed':
      return 'paid'
    case 'cancelled':
      return payment.reason === null ? 'cancelledByCustomer' : refusedPaymentStatus(payment.reason)
    case 'expired':
      return 'noAnswer'
    case 'failed':
      return refusedPaymentStatus(payment.reason)
    case 'processing':
      // The network holds the call while the customer types.
      return payment.held === true ? 'prompted' : 'processing'
    default:
      return payment.state
  }
}

export function transferStatus(transfer: Pick<Transfer, 'kind' | 'state' | 'needsDecision'>): StatusName {
  const back = transfer.kind === 'reversal'
  switch (transfer.state) {
    case 'unknown':
      return transfer.needsDecision ? 'needsDecision' : 'unknown'
    case 'completed':
      return back ? 'returned' : 'paidOut'
    case 'failed':
      return back ? 'notReturned' : 'notPaidOut'
    default:
      return back ? 'returning' : 'payingOut'
  }
}

export function noticeStatus(notice: Pick<Notice, 'state'>): StatusName {
  if (notice.state === 'waiting') return 'noticeWaiting'
  return notice.state === 'matched' ? 'noticeMatched' : 'noticeAside'
}

export function reconciliationStatus(run: Pick<Reconciliation, 'endedAt' | 'open'>): StatusName {
  if (run.endedAt === null) return 'comparing'
  return run.open === 0 ? 'agrees' : 'differs'
}

type ShownJob = Pick<PrintJob, 'state' | 'sending' | 'reason'> & Partial<Pick<PrintJob, 'purpose'>>

const printerTroubles: Partial<Record<ReasonCode, StatusName>> = {
  noPaper: 'noPaper',
  coverOpen: 'coverOpen',
  cutterError: 'knifeStuck',
  printerHot: 'printerHot',
  printerFault: 'printerFault',
  printerForbidden: 'printerForbidden',
  printerOffline: 'printerSilent',
}

/** A pulse, not a paper: it comes at once or not at all. */
const drawerStatuses = {
  queued: 'queuedPrint',
  printed: 'drawerOpened',
  unknown: 'drawerUnsure',
  failed: 'drawerShut',
  cancelled: 'cancelledHere',
} as const satisfies Record<PrintJob['state'], StatusName>

function unprintedStatus({ state, reason }: ShownJob): StatusName {
  if (reason === 'deadlinePassed') return 'waitedTooLong'
  if (reason === 'personDecided') return 'paperMissing'
  const trouble = reason === null ? undefined : printerTroubles[reason]
  return trouble ?? (state === 'queued' ? 'queuedPrint' : 'notPrinted')
}

export function printStatus(job: ShownJob): StatusName {
  if (job.purpose === 'drawer') return job.sending ? 'sending' : drawerStatuses[job.state]
  if (job.sending) return 'printing'
  switch (job.state) {
    case 'queued':
    case 'failed':
      return unprintedStatus(job)
    case 'unknown':
      return 'paperUnsure'
    case 'cancelled':
      if (job.reason === 'replaced') return 'replaced'
      return job.reason === 'personDecided' ? 'paperMissing' : 'cancelledHere'
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
      return effect.reason === 'replaced' ? 'replaced' : 'cancelledHere'
    case 'queued':
    case 'failed':
      if (effect.kind === 'print')
        return printStatus({ state: effect.state, sending: false, reason: effect.reason })
      if (effect.state === 'failed') return 'failed'
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
