import type { PrinterStatus } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Tone } from './status.ts'

/** How a printer is, before anything is printed: shape and colour here, the word in `counter.printers.*`. */
export const printerConditions = {
  ready: { shape: '▤', tone: 'accent' },
  paperLow: { shape: '▽', tone: 'amber' },
  noPaper: { shape: '!', tone: 'red' },
  coverOpen: { shape: '!', tone: 'red' },
  knifeStuck: { shape: '!', tone: 'red' },
  hot: { shape: '!', tone: 'amber' },
  fault: { shape: '!', tone: 'red' },
  forbidden: { shape: '!', tone: 'red' },
  silent: { shape: '⌁', tone: 'red' },
  /** It takes paper and says nothing about it. */
  mute: { shape: '?', tone: 'grey' },
  /** It was not asked yet. */
  asked: { shape: '◔', tone: 'grey' },
} as const satisfies Record<string, { shape: string; tone: Tone }>

export type PrinterCondition = keyof typeof printerConditions

const conditionOf: Partial<Record<ReasonCode, PrinterCondition>> = {
  noPaper: 'noPaper',
  coverOpen: 'coverOpen',
  cutterError: 'knifeStuck',
  printerHot: 'hot',
  printerForbidden: 'forbidden',
  printerOffline: 'silent',
}

/** Why a printer cannot print now; null when nothing speaks against it, also while nobody knows. */
export function whyNotPrinting(status: PrinterStatus | undefined): ReasonCode | null {
  if (status === undefined) return null
  return status.reason ?? (status.reachable ? null : 'printerOffline')
}

/** The one word for a printer's state. It is ready only by its own word. */
export function printerCondition(status: PrinterStatus | undefined): PrinterCondition {
  if (status === undefined) return 'asked'
  const why = whyNotPrinting(status)
  if (why !== null) return conditionOf[why] ?? 'fault'
  if (!status.reports) return 'mute'
  return status.paperLow ? 'paperLow' : 'ready'
}
