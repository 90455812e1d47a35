import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'

/** How a printer says it is, whatever words it used. */
export interface Condition {
  /** What keeps it from printing; null when nothing does. */
  readonly reason: ReasonCode | null
  readonly paperLow: boolean
  /** Level of the drawer's switch, null where it was not told. */
  readonly drawerPinHigh: boolean | null
}

/** What a printer sends back, told apart by its fixed bits (printing facts §6). */
export type PrinterReply =
  /** Answer to `DLE EOT n`; it does not say which n. */
  | { readonly kind: 'status'; readonly byte: number }
  /** Answer to `GS r`: everything before the request has been taken out of the buffer. */
  | { readonly kind: 'processed'; readonly byte: number }
  /** Answer to `GS ( H`: everything before the request with this id has been printed. */
  | { readonly kind: 'processId'; readonly id: string }
  /** Automatic status: of ESC/POS, or of Star, which also counts its ETBs and says when it has just done one. */
  | {
      readonly kind: 'condition'
      readonly condition: Condition
      readonly counter: number | null
      readonly counted: boolean
    }
  /** Star's answer to `ESC GS ETX`: the request with this id was reached, or everything before it was printed. */
  | {
      readonly kind: 'document'
      readonly step: 'asked' | 'printed'
      readonly id: readonly [number, number]
    }
  | { readonly kind: 'flow' }
  | { readonly kind: 'unknown'; readonly byte: number }

/** Splits what a printer sends into replies, across any chunks. */
export type ReplyReader = (bytes: Uint8Array) => PrinterReply[]

/** Number of the real-time question: printer, cause of being offline, error, paper. */
export type StatusQuestion = 1 | 2 | 3 | 4

/** `DLE EOT n`, answered at once with one byte, even by a printer that is busy or offline. */
export function statusRequest(question: StatusQuestion): Uint8Array {
  return Uint8Array.of(0x10, 0x04, question)
}

/** `GS r 1`, answered with one byte when the buffer before it has been worked off; an offline printer keeps silent. */
export const paperRequest: readonly number[] = [0x1d, 0x72, 0x01]

/** `GS ( H` function 48: the id comes back when the printing before it is done. @param id four characters of 20..7E */
export function processIdRequest(id: string): number[] {
  return [0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...Buffer.from(id, 'latin1')]
}

/** `GS a n`: drawer, online, errors and paper are told at every change · nothing is told. */
export const automaticOn: readonly number[] = [0x1d, 0x61, 0x0f]
export const automaticOff: readonly number[] = [0x1d, 0x61, 0x00]

interface Troubles {
  readonly coverOpen: boolean
  readonly noPaper: boolean
  readonly cutterError: boolean
  readonly printerFault: boolean
  readonly printerHot: boolean
  readonly printerOffline: boolean
}

/** In the order in which a person must deal with them. */
const urgency = [
  'coverOpen',
  'noPaper',
  'cutterError',
  'printerFault',
  'printerHot',
  'printerOffline',
] as const

export function firstTrouble(troubles: Troubles): ReasonCode | null {
  return urgency.find((one) => troubles[one]) ?? null
}

/** The four bytes of ESC/POS automatic status. */
function automaticCondition([printer = 0, error = 0, paper = 0]: readonly number[]): Condition {
  return {
    reason: firstTrouble({
      coverOpen: (printer & 0x20) !== 0,
      noPaper: (paper & 0x0c) !== 0,
      cutterError: (error & 0x08) !== 0,
      printerFault: (error & 0x20) !== 0,
      printerHot: (error & 0x40) !== 0,
      printerOffline: (printer & 0x08) !== 0,
    }),
    paperLow: (paper & 0x03) !== 0,
    drawerPinHigh: (printer & 0x04) !== 0,
  }
}

/** Header and identifier of a process id's answer, `37 22 d1 d2 d3 d4 00`. */
const blockHeader = 0x37
const processIdMark = 0x22
/** A block that is longer is noise. */
const longestBlock = 80

function blockReplies(block: readonly number[]): PrinterReply[] {
  if (block[1] !== processIdMark || block.length !== 7) return []
  return [{ kind: 'processId', id: String.fromCharCode(...block.slice(2, 6)) }]
}

function loneReply(byte: number): PrinterReply {
  if (byte === 0x11 || byte === 0x13) return { kind: 'flow' }
  if ((byte & 0x93) === 0x12) return { kind: 'status', byte }
  return (byte & 0x90) === 0 ? { kind: 'processed', byte } : { kind: 'unknown', byte }
}

/** For ESC/POS. Where bytes are missing it errs towards no answer at all, never towards an answer to `GS r`. */
export function createReplyReader(): ReplyReader {
  let automatic: number[] | null = null
  let block: number[] | null = null
  const classify = (byte: number): PrinterReply[] => {
    if (block !== null) {
      block.push(byte)
      if (byte !== 0 && block.length < longestBlock) return []
      const whole = block
      block = null
      return blockReplies(whole)
    }
    if (automatic !== null && (byte & 0x90) === 0) {
      automatic.push(byte)
      if (automatic.length < 4) return []
      const condition = automaticCondition(automatic)
      automatic = null
      return [{ kind: 'condition', condition, counter: null, counted: false }]
    }
    if (byte === blockHeader) {
      block = [byte]
      return []
    }
    if ((byte & 0x93) === 0x10) {
      automatic = [byte]
      return []
    }
    return [loneReply(byte)]
  }
  return (bytes) => [...bytes].flatMap(classify)
}

/** Answers to the four questions; null where the printer gave none. */
export interface StatusAnswers {
  readonly printer: number | null
  readonly offlineCause: number | null
  readonly error: number | null
  readonly paper: number | null
}

/** What `DLE EOT` 1 to 4 say together (printing facts §6). */
export function statusCondition(answers: StatusAnswers): Condition {
  const printer = answers.printer ?? 0
  const cause = answers.offlineCause ?? 0
  const error = answers.error ?? 0
  const paper = answers.paper ?? 0
  return {
    reason: firstTrouble({
      coverOpen: (cause & 0x04) !== 0,
      noPaper: (paper & 0x60) !== 0 || (cause & 0x20) !== 0,
      cutterError: (error & 0x08) !== 0,
      // An error that is neither the knife nor heat is one that only a technician can name.
      printerFault: (error & 0x20) !== 0 || ((cause & 0x40) !== 0 && (error & 0x48) === 0),
      printerHot: (error & 0x40) !== 0,
      printerOffline: (printer & 0x08) !== 0,
    }),
    paperLow: (paper & 0x0c) !== 0,
    drawerPinHigh: answers.printer === null ? null : (printer & 0x04) !== 0,
  }
}
