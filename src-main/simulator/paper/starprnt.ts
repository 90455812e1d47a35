/** StarPRNT, written from Star's command specifications, not from the encoder that it checks. */
import { barcodeItem, type QrSettings, qrItem } from './codes.ts'
import { low16 } from './command-length.ts'
import type { LanguageOutput, PrinterLanguage } from './language.ts'
import type { PaperLine } from './line.ts'
import { columnPicture, rasterPicture } from './pictures.ts'
import { starCommandLength } from './star-commands.ts'
import { type StarProgress, starStatus } from './status.ts'

type Handler = (command: readonly number[]) => boolean
type Handlers = Readonly<Record<string, Handler>>

const accept: Handler = () => true

/** By n1 of `ESC b`. */
const symbologies = [
  'upce',
  'upca',
  'ean8',
  'ean13',
  'code39',
  'itf',
  'code128',
  'code93',
  'codabar',
] as const
const levels = ['L', 'M', 'Q', 'H'] as const
/** Dots of paper in one text line at the default spacing. */
const lineDots = 32

/** `ESC …` that changes how text looks. */
function styleCommands(line: PaperLine): Handlers {
  const style = (change: Parameters<PaperLine['restyle']>[0]) => {
    line.restyle(change)
    return true
  }
  return {
    '@': () => {
      line.reset()
      return true
    },
    E: () => style({ bold: true }),
    F: () => style({ bold: false }),
    '4': () => style({ inverse: true }),
    '5': () => style({ inverse: false }),
    '-': ([, , n = 0]) => style({ underline: n % 48 > 0 }),
    i: ([, , high = 0, wide = 0]) =>
      high % 48 < 8 && wide % 48 < 8 && style({ height: (high % 48) + 1, width: (wide % 48) + 1 }),
    W: ([, , n = 0]) => n % 48 < 8 && style({ width: (n % 48) + 1 }),
    h: ([, , n = 0]) => n % 48 < 8 && style({ height: (n % 48) + 1 }),
    // Line spacing: nothing this paper can show.
    '0': accept,
    '1': accept,
    z: accept,
  }
}

/** `ESC …` that moves the paper, draws or cuts. */
function motionCommands(line: PaperLine, output: LanguageOutput): Handlers {
  const feed = (lines: number) => {
    for (let left = line.flush() ? lines - 1 : lines; left > 0; left -= 1) line.feed()
    return true
  }
  const strip = (command: readonly number[], bytesEach: number, wide: number) => {
    const high = bytesEach === 1 ? 3 : 1
    line.picture(columnPicture(Uint8Array.from(command.slice(4)), bytesEach, { wide, high }))
    return true
  }
  return {
    a: ([, , n = 0]) => feed(n),
    // Quarters of a millimetre, of which each is two dots.
    J: ([, , n = 0]) => feed(Math.floor((n * 2) / lineDots)),
    X: (command) => strip(command, 3, 1),
    L: (command) => strip(command, 1, 1),
    K: (command) => strip(command, 1, 2),
    d: ([, , n = 0]) => {
      if (n % 48 > 3) return false
      line.flush()
      output.item({ kind: 'cut', partial: n % 2 === 1 })
      return true
    },
    b: (command) => {
      const symbology = symbologies[(command[2] ?? 0) % 48]
      const text = Buffer.from(command.slice(6, -1)).toString('latin1')
      const item = symbology === undefined ? null : barcodeItem(symbology, text)
      if (item === null) return false
      line.flush()
      output.item(item)
      return true
    },
    // The width of the drawer's pulse.
    '\u0007': accept,
    // Answered when it arrived.
    '\u0006': ([, , n]) => n === 1,
  }
}

/** `ESC GS y`: S sets, D stores, P prints. */
function qrCommands(line: PaperLine, output: LanguageOutput): Handler {
  let stored = new Uint8Array()
  let settings: QrSettings = { moduleDots: 3, level: 'L' }
  const set = (what: number, n: number) => {
    if (what === 0x31) {
      const level = levels[n]
      if (level === undefined) return false
      settings = { ...settings, level }
    } else if (what === 0x32) {
      if (n < 1 || n > 8) return false
      settings = { ...settings, moduleDots: n }
    }
    return what >= 0x30 && what <= 0x32
  }
  return ([, , , form = 0, what = 0, n = 0, ...rest]) => {
    if (form === 0x53) return set(what, n)
    if (form === 0x44) {
      stored = Uint8Array.from(rest.slice(2))
      return true
    }
    if (form !== 0x50) return false
    const item = qrItem(stored, settings, { align: line.alignment(), paperDots: line.paperDots })
    if (item === null) return false
    line.flush()
    output.item(item)
    return true
  }
}

/** `ESC GS x`: PDF417, likewise; of its look nothing is shown. */
function pdf417Commands(line: PaperLine, output: LanguageOutput): Handler {
  let stored = ''
  return (command) => {
    const form = command[3]
    if (form === 0x53) return true
    if (form === 0x44) {
      stored = Buffer.from(command.slice(6)).toString('latin1')
      return true
    }
    const item = form === 0x50 ? barcodeItem('pdf417', stored) : null
    if (item === null) return false
    line.flush()
    output.item(item)
    return true
  }
}

/** `ESC GS …`: code table, place, codes, pictures. */
function groupCommands(line: PaperLine, output: LanguageOutput): Handlers {
  return {
    y: qrCommands(line, output),
    x: pdf417Commands(line, output),
    t: ([, , , n = 0]) => line.codeTable(n),
    a: ([, , , n = 0]) => {
      const to = (['left', 'centre', 'right'] as const)[n % 48]
      if (to !== undefined) line.align(to)
      return to !== undefined
    },
    A: (command) => line.moveTo(low16(command, 3)),
    // In and out of page mode: what stands in the line comes out.
    P: () => {
      line.flush()
      return true
    },
    S: (command) => {
      const size = { widthDots: low16(command, 4) * 8, heightDots: low16(command, 6) }
      if (command[3] !== 1 || size.widthDots === 0 || size.heightDots === 0) return false
      line.flush()
      line.picture(rasterPicture(Uint8Array.from(command.slice(9)), size, { wide: 1, high: 1 }))
      line.flush()
      return true
    },
  }
}

/** Bytes that are commands by themselves. */
interface SingleBytes {
  /** `ETB`: what stands before it is printed. */
  executed(): void
  /** `CAN`: forgets the line, and the count of what was printed. */
  cancel(): void
}

function characters(line: PaperLine, output: LanguageOutput, single: SingleBytes): (byte: number) => boolean {
  const drawer = (pin: 2 | 5) => () => output.item({ kind: 'drawer', pin })
  const controls: Readonly<Record<number, () => void>> = {
    0: () => {},
    7: drawer(2),
    9: () => line.tab(),
    10: () => line.feed(),
    13: () => {},
    14: () => line.restyle({ width: 2 }),
    20: () => line.restyle({ width: 1 }),
    23: single.executed,
    24: single.cancel,
    25: drawer(5),
    26: drawer(5),
    28: drawer(2),
  }
  return (byte) => {
    if (byte >= 0x20 && byte !== 0x7f) line.type(byte)
    else controls[byte]?.()
    return byte >= 0x20 ? byte !== 0x7f : controls[byte] !== undefined
  }
}

/** How far printing has come, as automatic status and `ESC ACK SOH` tell it. */
function progressReport(output: LanguageOutput) {
  let automatic = false
  let progress: StarProgress = { executed: false, count: 0 }
  const send = () => {
    output.answer(starStatus(output.state(), progress))
    // The mark is cleared when it was told; the count stays.
    progress = { ...progress, executed: false }
  }
  const tell = () => {
    if (automatic) send()
  }
  return {
    send,
    tell,
    restart() {
      progress = { executed: false, count: 0 }
    },
    executed() {
      progress = { executed: true, count: (progress.count + 1) % 32 }
      tell()
    },
    setAutomatic(on: boolean) {
      automatic = on
      tell()
    },
  }
}

export function starPrnt(line: PaperLine, output: LanguageOutput): PrinterLanguage {
  const report = progressReport(output)
  const after: Readonly<Record<string, Handlers>> = {
    '\u001d': groupCommands(line, output),
    '\u001e': {
      F: ([, , , n = 0]) => {
        if (n % 48 > 1) return false
        line.restyle({ font: n % 48 === 1 ? 'B' : 'A' })
        return true
      },
      a: ([, , , n = 0]) => {
        report.setAutomatic(n % 48 > 0)
        return n % 48 < 4
      },
      E: () => {
        report.restart()
        return true
      },
      // Density and speed.
      d: accept,
      r: accept,
    },
  }
  const plain: Handlers = { ...styleCommands(line), ...motionCommands(line, output) }
  let last: readonly number[] = []
  return {
    starts: (byte) => byte === 0x1b,
    lengthOf: starCommandLength,
    run(command) {
      const [, second = 0, third = 0] = command
      const deeper = after[String.fromCharCode(second)]
      const handler =
        deeper === undefined ? plain[String.fromCharCode(second)] : deeper[String.fromCharCode(third)]
      return handler?.(command) ?? false
    },
    character: characters(line, output, {
      executed() {
        line.flush()
        report.executed()
      },
      cancel() {
        line.reset()
        report.restart()
      },
    }),
    // `ESC ACK SOH` anywhere in the stream.
    arrived(byte) {
      last = [...last.slice(-2), byte]
      if (last[0] === 0x1b && last[1] === 0x06 && last[2] === 0x01) report.send()
    },
    changed: report.tell,
  }
}
