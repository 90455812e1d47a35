import { type DecodedPng, decode as decodePng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'
import { logoBytesMax } from '../../../src-preload/contract/limits.ts'
import type { Paper } from '../../../src-preload/contract/printer-models.ts'
import type { OneBitImage } from '../documents/document.ts'
import { dithered, type Greys, scaledDown, trimmed } from './dither.ts'
import { barePng, isJpeg, isPng, jpegSize, UnreadablePicture } from './picture-header.ts'

/** Megabytes that decoding a JPEG may take. */
const jpegMemory = 512
/** Dots across at most: what every printer of the paper has, those of 180 dpi with 42 characters included. */
const widest: Readonly<Record<Paper, number>> = { '58': 384, '80': 504 }
const highest = 240

/** Brightness of a colour over white (ITU-R BT.601), 0 black to 255 white; colours 0 to 255, `alpha` 0 to 1. */
function grey(red: number, green: number, blue: number, alpha: number): number {
  return 255 + (0.299 * red + 0.587 * green + 0.114 * blue - 255) * alpha
}

type Sample = (x: number, y: number, channel: number) => number

/** Samples as they stand in the file, 0 to 2^depth - 1; those of less than a byte are packed from the left. */
function samples({ data, depth, width, channels }: DecodedPng): Sample {
  if (depth >= 8) return (x, y, channel) => data[(y * width + x) * channels + channel] ?? 0
  const stride = Math.ceil((width * depth) / 8)
  const most = 2 ** depth - 1
  return (x, y) => {
    const byte = data[y * stride + ((x * depth) >> 3)] ?? 0
    return (byte >> (8 - depth - ((x * depth) & 7))) & most
  }
}

function indexedGreys({ width, height, palette = [] }: DecodedPng, sample: Sample): Greys {
  const colours = palette.map(([red = 0, green = 0, blue = 0, alpha = 255]) =>
    grey(red, green, blue, alpha / 255),
  )
  return { width, height, at: (x, y) => colours[sample(x, y, 0)] ?? 255 }
}

function pngGreys(png: DecodedPng): Greys {
  const sample = samples(png)
  if (png.palette !== undefined) return indexedGreys(png, sample)
  const { width, height, depth, channels, transparency } = png
  const most = 2 ** depth - 1
  const colours = channels > 2 ? [0, 1, 2] : [0, 0, 0]
  const level = (x: number, y: number, channel: number) => (sample(x, y, channel) * 255) / most
  const alpha = (x: number, y: number): number => {
    if (channels % 2 === 0) return sample(x, y, channels - 1) / most
    // One colour of the whole picture may be said to be transparent.
    const isClear = transparency?.every((clear, at) => sample(x, y, at) === clear)
    return isClear ? 0 : 1
  }
  const [red = 0, green = 0, blue = 0] = colours
  return {
    width,
    height,
    at: (x, y) => grey(level(x, y, red), level(x, y, green), level(x, y, blue), alpha(x, y)),
  }
}

function jpegGreys(bytes: Uint8Array): Greys {
  const { width, height } = jpegSize(bytes)
  const picture = decodeJpeg(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxMemoryUsageInMB: jpegMemory,
  })
  if (picture.width !== width || picture.height !== height) {
    throw new UnreadablePicture('the JPEG contradicts itself')
  }
  const { data } = picture
  const at = (x: number, y: number): number => {
    const first = (y * width + x) * 3
    return grey(data[first] ?? 255, data[first + 1] ?? 255, data[first + 2] ?? 255, 1)
  }
  return { width, height, at }
}

function greys(bytes: Uint8Array): Greys {
  if (bytes.length > logoBytesMax) throw new UnreadablePicture(`more than ${logoBytesMax} bytes`)
  if (isPng(bytes)) return pngGreys(decodePng(barePng(bytes)))
  if (isJpeg(bytes)) return jpegGreys(bytes)
  throw new UnreadablePicture('neither PNG nor JPEG')
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * A shop's logo for each width of paper: over white, without its white margins, scaled down to at most 384 or 504 dots by 240, dithered.
 * @param bytes a PNG or JPEG file of at most 2,000,000 bytes, 4,000 pixels a side and 6,000,000 in all
 * @throws UnreadablePicture
 */
export function readLogo(bytes: Uint8Array): { readonly forPaper: Readonly<Record<Paper, OneBitImage>> } {
  try {
    const picture = trimmed(greys(bytes))
    const fitted = (paper: Paper) => dithered(scaledDown(picture, widest[paper], highest))
    return { forPaper: { '58': fitted('58'), '80': fitted('80') } }
  } catch (error) {
    // The decoders throw errors of every kind at a damaged file.
    throw error instanceof UnreadablePicture ? error : new UnreadablePicture(detailOf(error))
  }
}

export { UnreadablePicture }
