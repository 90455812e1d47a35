import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import { type DotImage, pngDataUrl } from './png.ts'

type Align = Extract<PaperItem, { kind: 'line' }>['align']

function isBlack(image: DotImage, x: number, y: number): boolean {
  const stride = Math.ceil(image.widthDots / 8)
  return ((image.rows[y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
}

/** Draws an image by asking for each of its dots. */
export function draw(
  widthDots: number,
  heightDots: number,
  black: (x: number, y: number) => boolean,
): DotImage {
  const stride = Math.ceil(widthDots / 8)
  const rows = new Uint8Array(stride * heightDots)
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      if (!black(x, y)) continue
      const at = y * stride + (x >> 3)
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { widthDots, heightDots, rows }
}

/** Rows from the top, eight dots a byte, each row starting on a byte; stretched by whole factors. */
export function rasterPicture(
  data: Uint8Array,
  size: { readonly widthDots: number; readonly heightDots: number },
  stretch: { readonly wide: number; readonly high: number },
): DotImage {
  const image = { ...size, rows: data }
  if (stretch.wide === 1 && stretch.high === 1) return image
  return draw(size.widthDots * stretch.wide, size.heightDots * stretch.high, (x, y) =>
    isBlack(image, Math.floor(x / stretch.wide), Math.floor(y / stretch.high)),
  )
}

/** Columns from the left, `bytesEach` bytes a column, the top dot highest; stretched by whole factors. */
export function columnPicture(
  data: Uint8Array,
  bytesEach: number,
  stretch: { readonly wide: number; readonly high: number },
): DotImage {
  const columns = Math.floor(data.length / bytesEach)
  return draw(columns * stretch.wide, bytesEach * 8 * stretch.high, (x, y) => {
    const row = Math.floor(y / stretch.high)
    const byte = data[Math.floor(x / stretch.wide) * bytesEach + (row >> 3)] ?? 0
    return (byte & (0x80 >> (row & 7))) !== 0
  })
}

/** Pictures of one line, side by side, cut off at the edge of the paper. */
export function joined(pictures: readonly DotImage[], paperDots: number): DotImage | null {
  const heightDots = Math.max(0, ...pictures.map((one) => one.heightDots))
  const wanted = pictures.reduce((sum, one) => sum + one.widthDots, 0)
  const widthDots = Math.min(paperDots, wanted)
  const [first] = pictures
  if (first === undefined || widthDots === 0 || heightDots === 0) return null
  if (pictures.length === 1 && widthDots === wanted) return first
  let from = 0
  const placed = pictures.map((image) => {
    const place = { image, from }
    from += image.widthDots
    return place
  })
  return draw(widthDots, heightDots, (x, y) => {
    const at = placed.findLast((place) => place.from <= x)
    return at !== undefined && y < at.image.heightDots && isBlack(at.image, x - at.from, y)
  })
}

/** A picture as it comes out of the printer. */
export function imageItem({ widthDots, heightDots, rows }: DotImage, align: Align): PaperItem {
  return { kind: 'image', widthDots, heightDots, align, image: pngDataUrl({ widthDots, heightDots, rows }) }
}
