import type { OneBitImage } from '../documents/document.ts'

/** A picture as brightness over white paper. */
export interface Greys {
  readonly width: number
  readonly height: number
  /** 0 black to 255 white. */
  readonly at: (x: number, y: number) => number
}

/** Brighter than this is the paper around a logo, not the logo: scans and JPEGs are never quite white. */
const paperWhite = 240

/** The same picture without its white margins; one that is white all over stays as it is. */
export function trimmed(picture: Greys): Greys {
  const { width, height, at } = picture
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (at(x, y) > paperWhite) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = y
    }
  }
  if (right === -1) return picture
  return { width: right - left + 1, height: bottom - top + 1, at: (x, y) => at(x + left, y + top) }
}

interface GreyRows {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
}

/** The same picture at most so wide and high, each pixel the mean of those it stands for; never larger than it was. */
export function scaledDown(picture: Greys, widest: number, highest: number): GreyRows {
  const scale = Math.min(1, widest / picture.width, highest / picture.height)
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const values = new Float32Array(width * height)
  const counts = new Uint32Array(width * height)
  for (let y = 0; y < picture.height; y += 1) {
    const row = Math.floor((y * height) / picture.height) * width
    for (let x = 0; x < picture.width; x += 1) {
      const at = row + Math.floor((x * width) / picture.width)
      values[at] = (values[at] ?? 0) + picture.at(x, y)
      counts[at] = (counts[at] ?? 0) + 1
    }
  }
  for (const [at, count] of counts.entries()) values[at] = (values[at] ?? 0) / Math.max(1, count)
  return { width, height, values }
}

/** Where a dot's error goes, in sixteenths (Floyd and Steinberg, 1976). */
const shares = [
  [1, 0, 7],
  [-1, 1, 3],
  [0, 1, 5],
  [1, 1, 1],
] as const

/** Black dots in the measure that the picture is dark there, padded with white to whole bytes. */
export function dithered({ width, height, values }: GreyRows): OneBitImage {
  const stride = Math.ceil(width / 8)
  const bits = new Uint8Array(stride * height)
  const left = Float32Array.from(values)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = left[y * width + x] ?? 255
      const black = value < 128
      if (black) {
        const at = y * stride + (x >> 3)
        bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
      }
      const error = value - (black ? 0 : 255)
      for (const [right, down, share] of shares) {
        if (x + right < 0 || x + right >= width || y + down >= height) continue
        const at = (y + down) * width + x + right
        left[at] = (left[at] ?? 0) + (error * share) / 16
      }
    }
  }
  return { widthDots: stride * 8, heightDots: height, bits }
}
