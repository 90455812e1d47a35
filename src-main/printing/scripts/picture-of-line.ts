import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { letterDots, lineDots, runsOf, type ScriptLine } from './script-line.ts'

/** Size of the letters and where they stand, in dots, so that a line of them looks as high as the printer's own. */
const fontDots = 20
const baseline = 22
/** Darker than this is black, of 255. */
const ink = 110

interface Dots {
  readonly widthDots: number
  readonly heightDots: number
  readonly bits: Uint8Array
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The words with the font of each part; a line whose first letter is written from the right is read from there. */
function marked(text: string): string {
  const runs = (runsOf(text) ?? []).map(
    (run) => `<tspan font-family="${run.font.family}">${escaped(run.text)}</tspan>`,
  )
  const words = runs.length === 0 ? escaped(text) : runs.join('')
  const [first = ''] = /\p{L}/u.exec(text) ?? []
  return /\p{Script=Arabic}/u.test(first) ? `\u202b${words}\u202c` : words
}

function drawing(body: string, width: number, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`
}

/** @param loaded the bytes of the fonts that the line needs */
function svgOf({ pieces, columns, bold, wide, high }: ScriptLine, loaded: readonly Uint8Array[]): Resvgs {
  const font = { fontBuffers: [...loaded], defaultFontFamily: 'Noto Sans' }
  const stroke = bold ? ' stroke="black" stroke-width="0.8"' : ''
  const text = (words: string): string =>
    `<text y="${baseline}" font-family="Noto Sans" font-size="${fontDots}"${stroke}>${marked(words)}</text>`
  const width = columns * letterDots
  const room = width / pieces.length
  const parts = pieces.map(({ text: words, align }) => {
    const measured = new Resvg(drawing(text(words), width, lineDots), { font })
    const { x, width: natural } = measured.getBBox() ?? { x: 0, width: 0 }
    measured.free()
    const squeeze = Math.min(wide, room / Math.max(natural, 1))
    const free = width - natural * squeeze
    const left = align === 'left' ? 0 : align === 'right' ? free : free / 2
    return `<g transform="translate(${left - x * squeeze} 0) scale(${squeeze} ${high})">${text(words)}</g>`
  })
  return { svg: drawing(parts.join(''), width, lineDots * high), font }
}

interface Resvgs {
  readonly svg: string
  readonly font: { readonly fontBuffers: Uint8Array[]; readonly defaultFontFamily: string }
}

/**
 * The line in black and white, shaped and in the order it is read.
 * @param zoom dots across for each dot of a printer of 203 dpi
 */
export function pictureOfLine(line: ScriptLine, zoom: number, loaded: readonly Uint8Array[]): Dots {
  const { svg, font } = svgOf(line, loaded)
  const widthDots = Math.floor((line.columns * letterDots * zoom) / 8) * 8
  const drawn = new Resvg(svg, { font: { ...font }, fitTo: { mode: 'zoom', value: zoom } })
  const image = drawn.render()
  const { pixels, width, height } = image
  const bits = new Uint8Array((widthDots / 8) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < Math.min(width, widthDots); x += 1) {
      if ((pixels[(y * width + x) * 4 + 3] ?? 0) <= ink) continue
      const at = y * (widthDots / 8) + (x >> 3)
      bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  image.free()
  drawn.free()
  return { widthDots, heightDots: height, bits }
}

export { initWasm }
