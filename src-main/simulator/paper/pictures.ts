import { crc32, deflateSync } from 'node:zlib'
import type { PaperItem } from '../../../src-preload/contract/paper.ts'

type Align = Extract<PaperItem, { kind: 'line' }>['align']

/** One bit a dot, a set bit is black; each row starts on a byte, most significant bit on the left. */
export interface DotImage {
  readonly widthDots: number
  readonly heightDots: number
  readonly rows: Uint8Array
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}

/** A 1-bit greyscale PNG as a data URL (PNG specification, sections 5 and 11). */
export function pngDataUrl(image: DotImage): string {
  const stride = Math.ceil(image.widthDots / 8)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(image.widthDots, 0)
  header.writeUInt32BE(image.heightDots, 4)
  // Bit depth 1, greyscale, deflate, no filter set but the standard one, no interlace.
  header.set([1, 0, 0, 0, 0], 8)
  const lines = Buffer.alloc((stride + 1) * image.heightDots)
  for (let y = 0; y < image.heightDots; y += 1) {
    for (let x = 0; x < stride; x += 1) {
      // In PNG a set bit is white.
      lines[y * (stride + 1) + 1 + x] = ~(image.rows[y * stride + x] ?? 0) & 0xff
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const png = Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array()),
  ])
  return `data:image/png;base64,${png.toString('base64')}`
}

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
