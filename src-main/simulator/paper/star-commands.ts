/**
 * How long each StarPRNT command is. Source: Star's "StarPRNT Command Specifications" and "STAR Line Mode Command
 * Specifications".
 */
import { type CommandLength, endsWith, type LengthTable, lengthIn, limited, low16 } from './command-length.ts'

const GS = 0x1d
const RS = 0x1e
const ESC = 0x1b

/** `ESC X nL nH`: 24 dots a column; `ESC K` and `ESC L`: eight. */
function columnsLength(bytesEach: number): (bytes: readonly number[]) => CommandLength {
  return (bytes) => (bytes.length < 4 ? 'more' : 4 + low16(bytes, 2) * bytesEach)
}

/** `ESC GS y …`: S sets, D 1 stores with its length, P prints, I asks. */
function qrLength(bytes: readonly number[]): CommandLength {
  const form = String.fromCharCode(bytes[3] ?? 0)
  if (bytes.length < 4) return 'more'
  if (form === 'S') return 6
  if (form === 'D') return bytes.length < 8 ? 'more' : 8 + low16(bytes, 6)
  return form === 'P' || form === 'I' ? 4 : 'unknown'
}

/** `ESC GS x …`: PDF417; S 0 sets two numbers, D stores with its length. */
function pdf417Length(bytes: readonly number[]): CommandLength {
  const form = String.fromCharCode(bytes[3] ?? 0)
  if (bytes.length < 4) return 'more'
  if (form === 'S') return bytes.length < 5 ? 'more' : bytes[4] === 0x30 ? 8 : 6
  if (form === 'D') return bytes.length < 6 ? 'more' : 6 + low16(bytes, 4)
  return form === 'P' || form === 'I' ? 4 : 'unknown'
}

/** `ESC GS S m xL xH yL yH n d…`: rows of whole bytes. */
function rasterLength(bytes: readonly number[]): CommandLength {
  return bytes.length < 9 ? 'more' : limited(9 + low16(bytes, 4) * low16(bytes, 6))
}

const afterGs: LengthTable = {
  t: 4,
  a: 4,
  P: 4,
  A: 5,
  '\u0003': 6,
  y: qrLength,
  x: pdf417Length,
  S: rasterLength,
}
const afterRs: LengthTable = { F: 4, a: 4, E: 4, d: 4, r: 4 }

/** The third byte says which command it is. */
function deeper(table: LengthTable): (bytes: readonly number[]) => CommandLength {
  return (bytes) => {
    const length = table[String.fromCharCode(bytes[2] ?? 0)]
    if (bytes.length < 3) return 'more'
    if (length === undefined) return 'unknown'
    return typeof length === 'number' ? length : length(bytes)
  }
}

const lengths: Readonly<Record<number, LengthTable>> = {
  [ESC]: {
    '@': 2,
    '0': 2,
    '1': 2,
    '4': 2,
    '5': 2,
    E: 2,
    F: 2,
    '-': 3,
    W: 3,
    h: 3,
    z: 3,
    a: 3,
    d: 3,
    J: 3,
    '\u0006': 3,
    '\u0007': 4,
    i: 4,
    K: columnsLength(1),
    L: columnsLength(1),
    X: columnsLength(3),
    // Bars end with RS.
    b: endsWith(RS, 6),
    [String.fromCharCode(GS)]: deeper(afterGs),
    [String.fromCharCode(RS)]: deeper(afterRs),
  },
}

/** Length of the command that starts with these bytes. */
export function starCommandLength(bytes: readonly number[]): CommandLength {
  return lengthIn(lengths, bytes)
}
