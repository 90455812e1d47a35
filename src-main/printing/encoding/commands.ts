import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { OneBitImage } from '../documents/document.ts'

/** Bytes that the encoder library lacks, or follows with a line feed of its own. */
export interface Commands {
  /** Opens the drawer that hangs on this pin of the connector. */
  drawer(pin: 2 | 5): number[]
  /** Feeds the last line past the blade, then cuts. */
  cut(kind: 'full' | 'partial'): number[]
  /** A picture in the middle, in pieces that are whole commands; the paper has moved below it afterwards. */
  image(image: OneBitImage): Uint8Array[]
}

/** Rows in one block: more overflow the buffer of small printers. */
const blockRows = 255

function low(value: number): number {
  return value & 0xff
}

function high(value: number): number {
  return (value >> 8) & 0xff
}

/**
 * ESC/POS. Sources: printing facts §5: `ESC p m t1 t2` (100 ms on, 500 ms off), `GS V 65/66 0`, `GS v 0 0`, `ESC a`.
 */
const escPos: Commands = {
  drawer: (pin) => [0x1b, 0x70, pin === 2 ? 0 : 1, 0x32, 0xfa],
  cut: (kind) => [0x1d, 0x56, kind === 'full' ? 0x41 : 0x42, 0x00],
  image({ widthDots, heightDots, bits }) {
    const stride = widthDots / 8
    const pieces: Uint8Array[] = [Uint8Array.of(0x1b, 0x61, 1)]
    for (let top = 0; top < heightDots; top += blockRows) {
      const rows = Math.min(blockRows, heightDots - top)
      pieces.push(
        Uint8Array.of(0x1d, 0x76, 0x30, 0, low(stride), high(stride), low(rows), high(rows)),
        bits.subarray(top * stride, (top + rows) * stride),
      )
    }
    pieces.push(Uint8Array.of(0x1b, 0x61, 0))
    return pieces
  },
}

/** Rows of one Star strip: three bytes a column, the top dot highest. */
const stripRows = 24

function strip({ widthDots, heightDots, bits }: OneBitImage, top: number): Uint8Array {
  const stride = widthDots / 8
  const columns = new Uint8Array(widthDots * 3)
  const rows = Math.min(stripRows, heightDots - top)
  for (let row = 0; row < rows; row += 1) {
    const mask = 0x80 >> (row & 7)
    for (let column = 0; column < widthDots; column += 1) {
      const byte = bits[(top + row) * stride + (column >> 3)] ?? 0
      if ((byte & (0x80 >> (column & 7))) === 0) continue
      const at = column * 3 + (row >> 3)
      columns[at] = (columns[at] ?? 0) | mask
    }
  }
  return columns
}

/**
 * StarPRNT, as the encoder library writes it (its star-prnt language): `ESC BEL n1 n2` sets the pulse of drive 1
 * (10 ms steps), `BEL` and `SUB` open drive 1 and 2; `ESC d 2/3` feeds to the blade and cuts; `ESC 0` joins lines up,
 * `ESC X nL nH` is a strip of 24 dot rows, `ESC z 1` goes back to the usual line; `ESC GS a` aligns.
 */
const starPrnt: Commands = {
  drawer: (pin) => (pin === 2 ? [0x1b, 0x07, 10, 50, 0x07] : [0x1a]),
  cut: (kind) => [0x1b, 0x64, kind === 'full' ? 2 : 3],
  image(image) {
    const { widthDots, heightDots } = image
    const pieces: Uint8Array[] = [Uint8Array.of(0x1b, 0x1d, 0x61, 1, 0x1b, 0x30)]
    for (let top = 0; top < heightDots; top += stripRows) {
      pieces.push(
        Uint8Array.of(0x1b, 0x58, low(widthDots), high(widthDots)),
        strip(image, top),
        Uint8Array.of(0x0a, 0x0d),
      )
    }
    pieces.push(Uint8Array.of(0x1b, 0x7a, 1, 0x1b, 0x1d, 0x61, 0))
    return pieces
  },
}

export const commandsOf: Readonly<Record<PrinterProfile['language'], Commands>> = {
  escpos: escPos,
  starprnt: starPrnt,
}
