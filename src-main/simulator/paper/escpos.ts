/** ESC/POS, written from the printer makers' command lists (printing facts §5 and §6), not from the encoder that it checks. */
import { barcodeItem, code128Text, type QrSettings, qrItem } from './codes.ts'
import { low16 } from './command-length.ts'
import { commandLength, DLE, ESC, FS, GS } from './escpos-commands.ts'
import { graphicsCommands } from './escpos-graphics.ts'
import type { LanguageOutput, PrinterLanguage, StoredPictures } from './language.ts'
import type { PaperLine } from './line.ts'
import { columnPicture, rasterPicture } from './pictures.ts'
import { automaticStatus, queuedStatus, realTimeStatus } from './status.ts'

type Handler = (command: readonly number[]) => boolean
type Handlers = Readonly<Record<string, Handler>>

/** Dots of paper in one text line at the default spacing. */
const lineDots = 30

const accept: Handler = () => true
/** Settings that this paper cannot show are understood only where they change nothing. */
const acceptOnly =
  (...values: readonly number[]): Handler =>
  ([, , n = 0]) =>
    values.includes(n)

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

/** `GS k`. */
function barcode(command: readonly number[]) {
  const kind = command[2] ?? 0
  const symbology = symbologies.get(kind)
  if (symbology === undefined) return null
  const data = kind > 6 ? command.slice(4) : command.slice(3, -1)
  const text = symbology === 'code128' ? code128Text(data) : Buffer.from(data).toString('latin1')
  return text === null ? null : barcodeItem(symbology, text)
}

/** `ESC …` that changes how text looks. */
function styleCommands(line: PaperLine): Handlers {
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
      if (![0, 1, 48, 49].includes(n)) return false
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
    // Line spacing, panel buttons: nothing this paper can show.
    '2': accept,
    '3': accept,
    c: accept,
    // Slanted, further apart, another alphabet, turned, upside down, not for this printer: understood where it is off.
    '4': acceptOnly(0, 48),
    ' ': acceptOnly(0),
    R: acceptOnly(0),
    V: acceptOnly(0, 48),
    '{': acceptOnly(0, 48),
    '=': ([, , n = 0]) => (n & 1) === 1,
  }
}

/** `ESC * m nL nH`: at 8 dots a column each is three high; at single density each column is two wide. */
function stripOf(command: readonly number[]) {
  const mode = command[2] ?? 0
  const single = [0, 1, 32, 33].indexOf(mode)
  if (single === -1) return null
  const wide = mode % 2 === 0 ? 2 : 1
  const data = Uint8Array.from(command.slice(5))
  return mode < 32 ? columnPicture(data, 1, { wide, high: 3 }) : columnPicture(data, 3, { wide, high: 1 })
}

/** `ESC …` that moves the paper or the head, and the drawer. */
function motionCommands(line: PaperLine, output: LanguageOutput): Handlers {
  const feed = (lines: number) => {
    for (let left = line.flush() ? lines - 1 : lines; left > 0; left -= 1) line.feed()
    return true
  }
  return {
    d: ([, , n = 0]) => feed(n),
    J: ([, , n = 0]) => feed(Math.floor(n / lineDots)),
    $: (command) => line.moveTo(low16(command, 2)),
    D: (command) => {
      line.tabStops(command.slice(2, -1))
      return true
    },
    '*': (command) => {
      const strip = stripOf(command)
      if (strip !== null) line.picture(strip)
      return strip !== null
    },
    p: ([, , n = 0]) => {
      const pin = ([2, 5] as const)[n % 48]
      if (pin !== undefined) output.item({ kind: 'drawer', pin })
      return pin !== undefined
    },
  }
}

const levels = ['L', 'M', 'Q', 'H'] as const
/** Functions that set how a code looks, of which nothing but the module and the level is shown. */
const codeSettings: Readonly<Record<number, readonly number[]>> = {
  48: [0x41, 0x42, 0x43, 0x44, 0x45, 0x46],
  49: [0x41, 0x43, 0x45],
}

/** `GS ( k`: a code is stored by one function and printed by another; family 30 is PDF417, 31 is QR. */
function codeCommands(line: PaperLine, output: LanguageOutput): Handler {
  const stored = new Map<number, Uint8Array>()
  let settings: QrSettings = { moduleDots: 3, level: 'L' }
  const print = (family: number) => {
    const data = stored.get(family) ?? new Uint8Array()
    const item =
      family === 0x31
        ? qrItem(data, settings, { align: line.alignment(), paperDots: line.paperDots })
        : barcodeItem('pdf417', Buffer.from(data).toString('latin1'))
    if (item === null) return false
    line.flush()
    output.item(item)
    return true
  }
  const set = (code: number, n: number) => {
    if (code === 0x43) {
      if (n < 1 || n > 16) return false
      settings = { ...settings, moduleDots: n }
    } else if (code === 0x45) {
      const level = levels[n - 48]
      if (level === undefined) return false
      settings = { ...settings, level }
    }
    return true
  }
  return ([, , , , , family = 0, code = 0, ...body]) => {
    const known = codeSettings[family]
    if (known === undefined) return false
    if (code === 0x50) stored.set(family, Uint8Array.from(body.slice(1)))
    else if (code === 0x51) return print(family)
    else return known.includes(code) && (family === 0x30 || set(code, body[0] ?? 0))
    return true
  }
}

/** `GS v 0 m xL xH yL yH d…`: m doubles the width, the height or both. */
function raster(line: PaperLine): Handler {
  return (command) => {
    const mode = (command[3] ?? 0) % 48
    if (command.length === 8 || mode > 3) return false
    const size = { widthDots: low16(command, 4) * 8, heightDots: low16(command, 6) }
    const stretch = { wide: (mode & 1) + 1, high: (mode >> 1) + 1 }
    line.flush()
    line.picture(rasterPicture(Uint8Array.from(command.slice(8)), size, stretch))
    line.flush()
    return true
  }
}

/** `GS ( …` and `GS 8 …`: the letter after it says what the block is. */
function blockCommands(line: PaperLine, output: LanguageOutput, stored: StoredPictures): Handlers {
  const code = codeCommands(line, output)
  const graphics = graphicsCommands(line, stored)
  return {
    '(': (command) => {
      if (command[2] === 0x6b) return code(command)
      if (command[2] === 0x4c) return graphics(command.slice(5))
      // `GS ( H` function 48: process id answer, 37 22 d1 d2 d3 d4 00.
      if (command[2] === 0x48 && command[6] === 0x30 && command.length === 11) {
        output.answer(Uint8Array.from([0x37, 0x22, ...command.slice(7), 0x00]))
        return true
      }
      return false
    },
    '8': (command) => command[2] === 0x4c && graphics(command.slice(7)),
  }
}

/** `GS …`: size, codes, images, cut. */
function groupCommands(line: PaperLine, output: LanguageOutput, stored: StoredPictures): Handlers {
  return {
    ...blockCommands(line, output, stored),
    v: raster(line),
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
      const item = barcode(command)
      if (item === null) return false
      line.flush()
      output.item(item)
      return true
    },
    r: ([, , n = 0]) => {
      const status = queuedStatus(n, output.state())
      if (status !== null) output.answer(Uint8Array.of(status))
      return status !== null
    },
    // How a barcode looks, how dots are counted: nothing this paper can show.
    H: accept,
    f: accept,
    h: accept,
    w: accept,
    b: accept,
    P: accept,
    // A margin or a narrower paper: understood where it takes nothing away.
    L: (command) => low16(command, 2) === 0,
    W: (command) => low16(command, 2) >= line.paperDots,
  }
}

/** Finds `DLE EOT n` and `DLE DC4 1 m t` anywhere in a stream, in pictures too, as printers do to answer while busy. */
function realTimeReader(output: LanguageOutput): (byte: number) => void {
  let last: readonly number[] = [0, 0, 0, 0, 0]
  return (byte) => {
    last = [...last.slice(-4), byte]
    const [dle, eot] = last.slice(-3)
    if (dle === DLE && eot === 0x04) {
      const status = realTimeStatus(byte, output.state())
      if (status !== null) output.answer(Uint8Array.of(status))
    }
    if (last[0] !== DLE || last[1] !== 0x14 || last[2] !== 0x01) return
    const pin = ([2, 5] as const)[last[3] ?? 2]
    if (pin !== undefined) output.item({ kind: 'drawer', pin })
  }
}

/** @param stored pictures that outlive the power */
export function escPos(line: PaperLine, output: LanguageOutput, stored: StoredPictures): PrinterLanguage {
  let automatic = false
  const tell = () => {
    if (automatic) output.answer(automaticStatus(output.state()))
  }
  const handlers: Readonly<Record<number, Handlers>> = {
    // Answered or done when it arrived.
    [DLE]: { '\u0004': accept, '\u0005': accept, '\u0014': acceptOnly(1) },
    [ESC]: { ...styleCommands(line), ...motionCommands(line, output) },
    [FS]: { '.': accept, '!': acceptOnly(0), '-': acceptOnly(0, 48), C: acceptOnly(0, 48) },
    [GS]: {
      ...groupCommands(line, output, stored),
      a: ([, , n = 0]) => {
        // Drawer, online, error, paper: whichever is asked for, the four bytes are the same.
        automatic = (n & 0x0f) !== 0
        tell()
        return true
      },
    },
  }
  return {
    starts: (byte) => handlers[byte] !== undefined,
    lengthOf: commandLength,
    run: (command) => handlers[command[0] ?? 0]?.[String.fromCharCode(command[1] ?? 0)]?.(command) ?? false,
    character(byte) {
      if (byte >= 0x20 && byte !== 0x7f) line.type(byte)
      else if (byte === 0x0a) line.feed()
      else if (byte === 0x09) line.tab()
      else return byte === 0x0d || byte === 0x00
      return true
    },
    arrived: realTimeReader(output),
    changed: tell,
  }
}
