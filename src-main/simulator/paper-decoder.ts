import { create } from 'qrcode'
import type { PaperItem } from '../../src-preload/contract/practice.ts'
import { commandLength, DLE, ESC, FS, GS } from './paper-commands.ts'
import { createPaperLine, type PaperLine } from './paper-line.ts'
import { pngDataUrl } from './paper-png.ts'

/** What the decoder gives: paper, and answers that belong at this place of the stream. */
export interface PaperDecoderOutput {
  item(item: PaperItem): void
  answer(bytes: Uint8Array): void
}

export interface PaperDecoder {
  push(byte: number): void
  /** The connection ended inside a command: what there was of it is shown as unreadable. */
  abandon(): void
}

/** Dots of paper in one text line at the default spacing. */
const lineDots = 30
/** Longest code that is drawn; version 40 at the lowest correction holds 2,953 bytes. */
const longestQrBytes = 2_953

const symbologies: ReadonlyMap<number, string> = new Map([
  ...['upca', 'upce', 'ean13', 'ean8', 'code39', 'itf', 'codabar'].flatMap(
    (name, index): [number, string][] => [
      [index, name],
      [65 + index, name],
    ],
  ),
  [72, 'code93'],
  [73, 'code128'],
])

function hex(bytes: readonly number[]): string {
  return Buffer.from(bytes.slice(0, 64)).toString('hex')
}

function qrItem(data: Uint8Array): PaperItem {
  const text = Buffer.from(data).toString('utf8')
  const { modules } = create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'L' })
  const quiet = 4
  const size = modules.size + 2 * quiet
  const stride = Math.ceil(size / 8)
  const rows = new Uint8Array(stride * size)
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x) === 0) continue
      const at = (y + quiet) * stride + ((x + quiet) >> 3)
      rows[at] = (rows[at] ?? 0) | (0x80 >> ((x + quiet) & 7))
    }
  }
  return { kind: 'qr', text, image: pngDataUrl({ widthDots: size, heightDots: size, rows }) }
}

function barcodeItem(command: readonly number[]): PaperItem | null {
  const kind = command[2] ?? 0
  const symbology = symbologies.get(kind)
  if (symbology === undefined) return null
  const data = kind > 6 ? command.slice(4) : command.slice(3, -1)
  const text = Buffer.from(data).toString('latin1')
  if (/[^\x20-\x7e]/.test(text)) return null
  // CODE128 data starts with its code set, `{A` to `{C`; `{{` is one brace.
  return { kind: 'barcode', symbology, text: text.replace(/^\{[ABC]/, '').replaceAll('{{', '{') }
}

function rasterItem(command: readonly number[]): PaperItem {
  const widthBytes = (command[4] ?? 0) + (command[5] ?? 0) * 256
  const heightDots = (command[6] ?? 0) + (command[7] ?? 0) * 256
  const rows = Uint8Array.from(command.slice(8))
  const widthDots = widthBytes * 8
  return { kind: 'image', widthDots, heightDots, image: pngDataUrl({ widthDots, heightDots, rows }) }
}

type Handler = (command: readonly number[]) => boolean

const accept: Handler = () => true

/** `ESC …`: text style, feeding, drawer. Each answers false when its operands mean nothing. */
function escapeCommands(line: PaperLine, output: PaperDecoderOutput): Readonly<Record<string, Handler>> {
  const feed = (lines: number) => {
    for (let left = line.flush() ? lines - 1 : lines; left > 0; left -= 1) line.feed()
    return true
  }
  const emphasise: Handler = ([, , n = 0]) => {
    line.restyle({ bold: (n & 1) === 1 })
    return true
  }
  return {
    '@': () => {
      line.reset()
      return true
    },
    t: ([, , n = 0]) => line.codeTable(n),
    M: ([, , n = 0]) => {
      line.restyle({ font: (n & 1) === 1 ? 'B' : 'A' })
      return true
    },
    E: emphasise,
    G: emphasise,
    '-': ([, , n = 0]) => {
      line.restyle({ underline: n % 48 > 0 })
      return true
    },
    '!': ([, , n = 0]) => {
      line.restyle({
        font: (n & 0x01) === 0 ? 'A' : 'B',
        bold: (n & 0x08) !== 0,
        height: (n & 0x10) === 0 ? 1 : 2,
        width: (n & 0x20) === 0 ? 1 : 2,
        underline: (n & 0x80) !== 0,
      })
      return true
    },
    a: ([, , n = 0]) => {
      const to = (['left', 'centre', 'right'] as const)[n % 48]
      if (to !== undefined) line.align(to)
      return to !== undefined
    },
    d: ([, , n = 0]) => feed(n),
    J: ([, , n = 0]) => feed(Math.floor(n / lineDots)),
    p: ([, , n = 0]) => {
      const pin = ([2, 5] as const)[n % 48]
      if (pin !== undefined) output.item({ kind: 'drawer', pin })
      return pin !== undefined
    },
    // Line spacing, character gap, upside down, page settings, panel buttons: nothing this paper can show.
    '2': accept,
    '3': accept,
    ' ': accept,
    '=': accept,
    R: accept,
    c: accept,
  }
}

/** `GS ( k`: the QR code is stored by one function and printed by another. */
function qrCommands(line: PaperLine, output: PaperDecoderOutput): Handler {
  let stored = new Uint8Array()
  return (command) => {
    const [, , , , , family, code] = command
    if (family !== 0x31) return false
    if (code === 0x50) stored = Uint8Array.from(command.slice(8))
    else if (code === 0x51) {
      if (stored.length === 0 || stored.length > longestQrBytes) return false
      line.flush()
      output.item(qrItem(stored))
    } else return code === 0x41 || code === 0x43 || code === 0x45
    return true
  }
}

/** `GS …`: size, codes, images, cut, requests for an answer. */
function groupCommands(line: PaperLine, output: PaperDecoderOutput): Readonly<Record<string, Handler>> {
  const code = qrCommands(line, output)
  return {
    '!': ([, , n = 0]) => {
      line.restyle({ width: ((n >> 4) & 7) + 1, height: (n & 7) + 1 })
      return true
    },
    B: ([, , n = 0]) => {
      line.restyle({ inverse: (n & 1) === 1 })
      return true
    },
    V: ([, , n = 0]) => {
      if (![0, 1, 48, 49, 65, 66].includes(n)) return false
      line.flush()
      output.item({ kind: 'cut', partial: [1, 49, 66].includes(n) })
      return true
    },
    k: (command) => {
      const item = barcodeItem(command)
      if (item === null) return false
      line.flush()
      output.item(item)
      return true
    },
    v: (command) => {
      if (command.length === 8) return false
      line.flush()
      output.item(rasterItem(command))
      return true
    },
    r: () => {
      output.answer(Uint8Array.of(0x00))
      return true
    },
    '(': (command) => {
      if (command[2] === 0x6b) return code(command)
      // `GS ( H` function 48: process id answer, 37 22 d1 d2 d3 d4 00.
      if (command[2] === 0x48 && command[6] === 0x30 && command.length === 11) {
        output.answer(Uint8Array.from([0x37, 0x22, ...command.slice(7), 0x00]))
        return true
      }
      return false
    },
    H: accept,
    a: accept,
    f: accept,
    h: accept,
    w: accept,
    b: accept,
    L: accept,
    P: accept,
    W: accept,
  }
}

/**
 * Reads ESC/POS byte by byte as a printer does, so that it does not matter how the stream is cut into packets.
 * Written from the printer makers' command lists, not from the encoder, which it is there to check.
 * @param widthDots printable dots across the paper
 */
export function createPaperDecoder(widthDots: number, output: PaperDecoderOutput): PaperDecoder {
  const line = createPaperLine(widthDots, (item) => output.item(item))
  const unreadable = (bytes: readonly number[]) => output.item({ kind: 'unreadable', bytes: hex(bytes) })
  const handlers: Readonly<Record<number, Readonly<Record<string, Handler>>>> = {
    [DLE]: { '\u0004': accept },
    [ESC]: escapeCommands(line, output),
    [FS]: { '.': accept, '!': accept, '-': accept, C: accept },
    [GS]: groupCommands(line, output),
  }
  let command: number[] = []

  const character = (byte: number) => {
    if (byte >= 0x20 && byte !== 0x7f) line.type(byte)
    else if (byte === 0x0a) line.feed()
    else if (byte === 0x09) line.tab()
    else if (byte !== 0x0d && byte !== 0x00) unreadable([byte])
  }
  const run = () => {
    const [first = 0, second = 0] = command
    const handler = handlers[first]?.[String.fromCharCode(second)]
    if (handler === undefined || !handler(command)) unreadable(command)
    command = []
  }
  return {
    push(byte) {
      if (command.length === 0 && handlers[byte] === undefined) return character(byte)
      command.push(byte)
      const length = commandLength(command)
      if (length === 'unknown') {
        unreadable(command)
        command = []
      } else if (command.length === length) run()
    },
    abandon() {
      if (command.length > 0) unreadable(command)
      command = []
    },
  }
}
