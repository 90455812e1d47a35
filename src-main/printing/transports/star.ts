import { type Condition, firstTrouble, type PrinterReply, type ReplyReader } from './status.ts'

/** `ESC ACK SOH`: one automatic status, at once, even by a printer that is busy or offline. */
export const starStatusRequest: readonly number[] = [0x1b, 0x06, 0x01]
/** `ESC RS a 1`: automatic status at every change (always on over Ethernet). */
export const starAutomaticOn: readonly number[] = [0x1b, 0x1e, 0x61, 0x01]
export const starAutomaticOff: readonly number[] = [0x1b, 0x1e, 0x61, 0x00]
/** `ESC RS E 0`: the ETB counter starts again at 0. */
export const starCounterReset: readonly number[] = [0x1b, 0x1e, 0x45, 0x00]
/** `ETB`: when all before it is printed, the counter rises by one and automatic status is sent. */
export const starCount = 0x17

/**
 * `ESC GS ETX`: the id comes back, at once when the command is reached (`asked`), or when all before it is printed
 * (`printed`). @param id two bytes that name this attempt
 */
export function starDocumentRequest(step: 'asked' | 'printed', id: readonly [number, number]): number[] {
  return [0x1b, 0x1d, 0x03, step === 'printed' ? 1 : 0, ...id]
}

/** Answer to it: the command itself, a counter and a zero. */
const documentBytes = 8

function documentReplies(block: readonly number[]): PrinterReply[] {
  const [, second, third, step, first = 0, last = 0] = block
  if (second !== 0x1d || third !== 0x03 || (step !== 0 && step !== 1)) return []
  return [{ kind: 'document', step: step === 1 ? 'printed' : 'asked', id: [first, last] }]
}

/** Five bits, spread over bits 1 to 3 and 5, 6: lengths in header 1, the ETB counter in the eighth byte. */
function spreadNumber(byte: number): number {
  return ((byte >> 2) & 0x18) | ((byte >> 1) & 0x07)
}

/** Shortest status: two headers and five bytes (version 1). */
const shortestStatus = 7

function starCondition(frame: readonly number[]): Condition {
  const [, , printer = 0, error = 0, , paper = 0] = frame
  return {
    reason: firstTrouble({
      coverOpen: (printer & 0x20) !== 0,
      noPaper: (paper & 0x08) !== 0,
      cutterError: (error & 0x08) !== 0,
      printerFault: (error & 0x24) !== 0,
      printerHot: (error & 0x40) !== 0,
      printerOffline: (printer & 0x08) !== 0,
    }),
    paperLow: (paper & 0x06) !== 0,
    drawerPinHigh: (printer & 0x04) !== 0,
  }
}

function frameReply(frame: readonly number[]): PrinterReply {
  const eighth = frame[7]
  return {
    kind: 'condition',
    condition: starCondition(frame),
    counter: eighth === undefined ? null : spreadNumber(eighth),
    counted: ((frame[2] ?? 0) & 0x02) !== 0,
  }
}

/**
 * For StarPRNT and Star Line: automatic status, header 1 with its length first, and answers to `ESC GS ETX`. Sources: the
 * table of wire facts in the README beside this file.
 */
export function createStarReader(): ReplyReader {
  let frame: number[] = []
  let block: number[] = []
  let length = 0
  const classify = (byte: number): PrinterReply[] => {
    if (block.length > 0) {
      block.push(byte)
      if (block.length < documentBytes) return []
      const whole = block
      block = []
      return documentReplies(whole)
    }
    if (byte === 0x1b) {
      block = [byte]
      return []
    }
    if (byte === 0x11 || byte === 0x13) return [{ kind: 'flow' }]
    if ((byte & 0x91) === 0x01) {
      length = spreadNumber(byte)
      frame = length < shortestStatus ? [] : [byte]
      return []
    }
    if (frame.length === 0 || (byte & 0x91) !== 0) {
      frame = []
      return [{ kind: 'unknown', byte }]
    }
    frame.push(byte)
    if (frame.length < length) return []
    const whole = frame
    frame = []
    return [frameReply(whole)]
  }
  return (bytes) => [...bytes].flatMap(classify)
}
