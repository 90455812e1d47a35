import { describe, expect, it } from 'vitest'
import type { OneBitImage } from '../documents/document.ts'
import { createDrawLine } from './draw-line.ts'
import { cellsOf, runsOf, type ScriptLine } from './script-line.ts'

const drawLine = createDrawLine()

function lineOf(text: string, more: Partial<ScriptLine> = {}): ScriptLine {
  return { pieces: [{ text, align: 'left' }], columns: 32, bold: false, wide: 1, high: 1, ...more }
}

function drawn(line: ScriptLine, zoom = 1): OneBitImage {
  const image = drawLine(line, zoom)
  if (image === null) throw new Error('not drawn')
  return image
}

/** The columns of dots that have any ink: first and last; and how many dots are black. */
function inkOf({ widthDots, heightDots, bits }: OneBitImage) {
  const columns: number[] = []
  let black = 0
  for (let x = 0; x < widthDots; x += 1) {
    let any = false
    for (let y = 0; y < heightDots; y += 1) {
      if (((bits[y * (widthDots / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue
      any = true
      black += 1
    }
    if (any) columns.push(x)
  }
  return { first: columns[0] ?? -1, last: columns.at(-1) ?? -1, black }
}

describe('drawLine', () => {
  it.each(['سكر أبيض ناعم', 'ሰላም ተስፋዬ', '北京大米 特级', 'Ελλάδα', 'Привет', 'かな カナ'])(
    'draws %s',
    (text) => {
      const image = drawn(lineOf(text))
      expect([image.widthDots, image.heightDots]).toEqual([384, 30])
      const { first, last, black } = inkOf(image)
      expect(first).toBeLessThan(6)
      expect(last).toBeGreaterThan(text.length * 6)
      expect(black).toBeGreaterThan(text.length * 8)
    },
  )

  it('joins Arabic letters: a word is not as wide as its letters apart', () => {
    const width = (text: string) => inkOf(drawn(lineOf(text))).last
    expect(width('سلام')).toBeLessThan(width('س ل ا م') - 20)
  })

  it('reads a line that starts in Arabic from the right, with figures and Latin in it from the left', () => {
    const whole = inkOf(drawn(lineOf('سكر 2kg', { pieces: [{ text: 'سكر 2kg', align: 'right' }] })))
    expect(whole.last).toBeGreaterThan(378)
    // What stands last is at the left end: taking it away frees that end, and moves nothing at the right.
    const shorter = inkOf(drawn(lineOf('سكر', { pieces: [{ text: 'سكر', align: 'right' }] })))
    expect(shorter.first).toBeGreaterThan(whole.first + 20)
  })

  it('draws each script of a mixed line with a font that has it', () => {
    // A letter that no font has is a box of some twelve dots; of these two strokes nothing is a box.
    const mixed = inkOf(drawn(lineOf('abc ሰ 一一一一')))
    const latin = inkOf(drawn(lineOf('abc ሰ')))
    expect(mixed.black - latin.black).toBeLessThan(4 * 60)
    expect(mixed.last - latin.last).toBeGreaterThan(60)
  })

  it('keeps a line within its columns, and twice as large where it is to be', () => {
    const long = drawn(lineOf('北京大米特级公斤装长粒香米北京大米特级公斤装长粒香米'))
    expect(inkOf(long).last).toBeLessThan(384)
    const plain = inkOf(drawn(lineOf('ሰላም')))
    const large = drawn(lineOf('ሰላም', { wide: 2, high: 2 }))
    expect(large.heightDots).toBe(60)
    expect(inkOf(large).last).toBeGreaterThan(plain.last * 1.8)
    expect(inkOf(drawn(lineOf('ሰላም', { bold: true }))).black).toBeGreaterThan(plain.black * 1.1)
  })

  it('sets two texts at both ends of a line', () => {
    const pieces = [
      { text: 'Mteja', align: 'left' },
      { text: 'ሰላም', align: 'right' },
    ] as const
    const ink = inkOf(drawn(lineOf('', { pieces })))
    expect(ink.first).toBeLessThan(6)
    expect(ink.last).toBeGreaterThan(376)
  })

  it('is no markup, whatever stands in a name', () => {
    const { black } = inkOf(drawn(lineOf('ሰ</text><rect width="384" height="30"/>&"')))
    expect(black).toBeLessThan(384 * 10)
    // A control character ends the drawing of one line, and of no other.
    expect(drawLine(lineOf('ሰ\u0000'), 1)).toBeNull()
    expect(inkOf(drawn(lineOf('ሰላም'))).black).toBeGreaterThan(30)
  })

  it('gives the same dots each time, and finer ones for files', () => {
    expect(drawn(lineOf('سلام'))).toEqual(drawn(lineOf('سلام')))
    expect(drawn(lineOf('سلام'), 3)).toMatchObject({ widthDots: 1152, heightDots: 90 })
  })

  it('leaves to the printer what it has letters for, and what no font here has', () => {
    for (const text of ['Café 12', '', 'ไทย', 'हिन्दी', '한글']) expect(drawLine(lineOf(text), 1)).toBeNull()
  })
})

it('gives East Asian signs two columns and a letter with its marks one', () => {
  expect(['ab', '北京', 'سلام', 'ሰላም', 'e\u0301', 'カ'].map(cellsOf)).toEqual([2, 4, 4, 3, 1, 2])
})

it('parts a text by its fonts, spaces and figures with what stands before them', () => {
  const parts = (text: string) => runsOf(text)?.map((run) => [run.font.family, run.text])
  expect(parts('abc ሰላም 12 北京 ไ')).toEqual([
    ['Noto Sans', 'abc '],
    ['Noto Sans Ethiopic', 'ሰላም 12 '],
    ['Noto Sans SC Thin', '北京 ?'],
  ])
  expect(parts('abc 12')).toBeUndefined()
})
