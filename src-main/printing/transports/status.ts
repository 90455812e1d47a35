import type { ReasonCode } from '../../src-preload/contract/reasons.ts'

/** What a printer sends back, told apart by its fixed bits (printing facts §6). */
export type PrinterReply =
  /** Answer to `DLE EOT n`; it does not say which n. */
  | { readonly kind: 'status'; readonly byte: number }
  /** Answer to `GS r`: everything before the request has been printed. */
  | { readonly kind: 'processed'; readonly byte: number }
  /** Four bytes of automatic status that an earlier program turned on. */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'flow' }
  | { readonly kind: 'unknown'; readonly byte: number }

/** Number of the real-time question: printer, cause of being offline, paper. */
export type StatusQuestion = 1 | 2 | 4

/** `DLE EOT n`, answered at once with one byte, even by a printer that is busy or offline. */
export function statusRequest(question: StatusQuestion): Uint8Array {
  return Uint8Array.of(0x10, 0x04, question)
}

/** `GS r 1`, answered with one byte when the buffer before it has been printed. */
export const completionRequest: readonly number[] = [0x1d, 0x72, 0x01]

/** Splits what a printer sends into replies, one byte at a time, across any chunks. */
export function createReplyReader(): (bytes: Uint8Array) => PrinterReply[] {
  let automaticLeft = 0
  const classify = (byte: number): PrinterReply[] => {
    if (automaticLeft > 0) {
      automaticLeft -= 1
      return automaticLeft === 0 ? [{ kind: 'automatic' }] : []
    }
    switch (byte & 0x93) {
      case 0x12:
        return [{ kind: 'status', byte }]
      case 0x10:
        automaticLeft = 3
        return []
      case 0x11:
      case 0x13:
        return [{ kind: 'flow' }]
      default:
        return [(byte & 0x90) === 0 ? { kind: 'processed', byte } : { kind: 'unknown', byte }]
    }
  }
  return (bytes) => [...bytes].flatMap(classify)
}

/** Answers to the three questions; null where the printer gave none. */
export interface PrinterStatus {
  readonly printer: number | null
  readonly offlineCause: number | null
  readonly paper: number | null
}

/** What keeps the printer from printing, in the order in which a person must deal with it; null when nothing does. */
export function statusReason(status: PrinterStatus): ReasonCode | null {
  const cause = status.offlineCause ?? 0
  if ((cause & 0x04) !== 0) return 'coverOpen'
  if (((status.paper ?? 0) & 0x60) !== 0 || (cause & 0x20) !== 0) return 'noPaper'
  if (((status.printer ?? 0) & 0x08) !== 0) return 'printerOffline'
  return null
}
