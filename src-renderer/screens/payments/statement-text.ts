/** Zeros beside the letters are told apart by where they stand; so many bytes are looked at. */
const looked = 400

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, looked)
  const zeros = (side: number) => start.filter((byte, at) => byte === 0 && at % 2 === side).length
  const many = start.length / 4
  if (zeros(1) > many) return 'utf-16le'
  return zeros(0) > many ? 'utf-16be' : 'utf-8'
}

/** The letters of a file: as its mark says, as UTF-8 where it is that, else as Windows writes in the west. */
export function statementText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    // Half a letter at the end of a file that was cut is no reason to take it for another encoding.
    return new TextDecoder(encoding === 'utf-8' ? 'windows-1252' : encoding).decode(bytes)
  }
}
