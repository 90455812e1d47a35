/**
 * How long each ESC/POS command is, so that a stream can be cut into commands wherever it is split.
 * Source: the ESC/POS command lists named in the printing facts, §5 and §6.
 */
import { type CommandLength, endsWith, type LengthTable, lengthIn, limited, low16 } from './command-length.ts'

/** The first bytes of commands. */
export const DLE = 0x10
export const ESC = 0x1b
export const FS = 0x1c
export const GS = 0x1d

/** `GS k m`: old form ends with a zero, new form (m from 65) carries its length. */
function barcodeLength(bytes: readonly number[]): CommandLength {
  const symbology = bytes[2]
  if (symbology === undefined) return 'more'
  if (symbology > 6) {
    const length = bytes[3]
    if (length === undefined) return 'more'
    return symbology >= 65 ? 4 + length : 'unknown'
  }
  return endsWith(0, 3)(bytes)
}

/** `GS v 0 m xL xH yL yH`, then one bit a dot. */
function rasterLength(bytes: readonly number[]): CommandLength {
  if (bytes.length < 3) return 'more'
  if (bytes[2] !== 0x30) return 'unknown'
  if (bytes.length < 8) return 'more'
  return limited(8 + low16(bytes, 4) * low16(bytes, 6))
}

/** `ESC * m nL nH`: one byte a column at 8 dots, three at 24. */
function columnImageLength(bytes: readonly number[]): CommandLength {
  if (bytes.length < 5) return 'more'
  return 5 + low16(bytes, 3) * ((bytes[2] ?? 0) >= 32 ? 3 : 1)
}

/** `GS V m`: 65, 66 and above carry how far to feed. */
function cutLength(bytes: readonly number[]): CommandLength {
  const form = bytes[2]
  if (form === undefined) return 'more'
  return [0, 1, 48, 49].includes(form) ? 3 : 4
}

/** `( x pL pH`: the length stands in the command. */
function shortBlockLength(bytes: readonly number[]): CommandLength {
  return bytes.length < 5 ? 'more' : 5 + low16(bytes, 3)
}

/** `8 L p1 p2 p3 p4`, likewise. */
function longBlockLength(bytes: readonly number[]): CommandLength {
  return bytes.length < 7 ? 'more' : limited(7 + low16(bytes, 3) + low16(bytes, 5) * 65_536)
}

/** `DLE DC4 fn`: 1 is a pulse, 2 switches off, 8 clears. */
function realTimeLength(bytes: readonly number[]): CommandLength {
  const form = bytes[2]
  if (form === undefined) return 'more'
  if (form === 8) return 10
  return form === 1 || form === 2 ? 5 : 'unknown'
}

const lengths: Readonly<Record<number, LengthTable>> = {
  [DLE]: { '\u0004': 3, '\u0005': 3, '\u0014': realTimeLength },
  [ESC]: {
    '@': 2,
    '2': 2,
    '3': 3,
    '4': 3,
    ' ': 3,
    '!': 3,
    '-': 3,
    '=': 3,
    E: 3,
    G: 3,
    J: 3,
    M: 3,
    R: 3,
    V: 3,
    a: 3,
    d: 3,
    p: 5,
    t: 3,
    '{': 3,
    $: 4,
    '\\': 4,
    c: 4,
    D: endsWith(0, 2),
    '*': columnImageLength,
    '(': shortBlockLength,
  },
  [FS]: { '.': 2, '&': 2, '!': 3, '-': 3, C: 3, '(': shortBlockLength },
  [GS]: {
    '!': 3,
    B: 3,
    H: 3,
    I: 3,
    a: 3,
    b: 3,
    f: 3,
    h: 3,
    r: 3,
    w: 3,
    L: 4,
    P: 4,
    W: 4,
    '(': shortBlockLength,
    '8': longBlockLength,
    k: barcodeLength,
    v: rasterLength,
    V: cutLength,
  },
}

/** Length of the command that starts with these bytes. */
export function commandLength(bytes: readonly number[]): CommandLength {
  return lengthIn(lengths, bytes)
}
