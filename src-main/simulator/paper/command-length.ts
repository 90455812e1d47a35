/** Longest command that is believed; anything longer is damage. */
const longestCommand = 512 * 1024

/** Bytes needed, `more` while the length is not known yet, `unknown` for a command nobody documented. */
export type CommandLength = number | 'more' | 'unknown'

/** Lengths by what follows the first byte: bytes of the whole command, or how to find them out. */
export type LengthTable = Readonly<Record<string, number | ((bytes: readonly number[]) => CommandLength)>>

/** A length that a sane program would send. */
export function limited(length: number): CommandLength {
  return length > longestCommand ? 'unknown' : length
}

/** Two bytes, the low one first. */
export function low16(bytes: readonly number[], at: number): number {
  return (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256
}

/** Length of the command that starts with these bytes, of the table for its first byte. */
export function lengthIn(
  tables: Readonly<Record<number, LengthTable>>,
  bytes: readonly number[],
): CommandLength {
  const [first, code] = bytes
  if (first === undefined || code === undefined) return 'more'
  const length = tables[first]?.[String.fromCharCode(code)]
  if (length === undefined) return 'unknown'
  return typeof length === 'number' ? length : length(bytes)
}

/** `n … 00`, as tab stops and old barcodes end. */
export function endsWith(end: number, from: number): (bytes: readonly number[]) => CommandLength {
  return (bytes) => (bytes.length > from && bytes.at(-1) === end ? bytes.length : 'more')
}
