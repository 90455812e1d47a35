import { crc32, inflateSync } from 'node:zlib'

/** The file is no picture that can be printed; the message says why, for a technician. */
export class UnreadablePicture extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnreadablePicture'
  }
}

/** Pixels a side at most, checked before anything is decoded. */
const longestSide = 4_000
/** Pixels in all: a JPEG of twice as many takes two seconds and half a gigabyte to decode. */
const mostPixels = 6_000_000
/** Scans of a progressive JPEG: encoders make about ten, and each costs a pass over the whole picture. */
const mostScans = 64

interface Size {
  readonly width: number
  readonly height: number
}

function checked(size: Size): Size {
  const { width, height } = size
  if (width < 1 || height < 1) throw new UnreadablePicture('the picture has no size')
  if (width > longestSide || height > longestSide) {
    throw new UnreadablePicture(`${width} x ${height} pixels; at most ${longestSide} a side`)
  }
  if (width * height > mostPixels) {
    throw new UnreadablePicture(`${width * height} pixels; at most ${mostPixels}`)
  }
  return size
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const jpegSignature = [0xff, 0xd8, 0xff]

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

export function isPng(bytes: Uint8Array): boolean {
  return startsWith(bytes, pngSignature)
}

export function isJpeg(bytes: Uint8Array): boolean {
  return startsWith(bytes, jpegSignature)
}

interface Chunk {
  readonly type: string
  readonly data: Uint8Array
  /** With length, type and checksum. */
  readonly whole: Uint8Array
}

/** Chunks up to IEND, their checksums proved (PNG specification, section 5). @throws UnreadablePicture */
function pngChunks(bytes: Uint8Array): Chunk[] {
  const words = view(bytes)
  const chunks: Chunk[] = []
  let at = pngSignature.length
  while (at + 12 <= bytes.length) {
    const length = words.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) break
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    if (crc32(bytes.subarray(at + 4, end - 4)) !== words.getUint32(end - 4)) {
      throw new UnreadablePicture(`PNG chunk ${type} is damaged`)
    }
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) })
    if (type === 'IEND') return chunks
    at = end
  }
  throw new UnreadablePicture('the PNG file ends too early')
}

const channelsOf: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])

/** Most bytes that the pixels take before compression; the seven passes of an interlaced picture round up each. */
function rawBytes(header: Uint8Array, { width, height }: Size): number {
  const channels = channelsOf.get(header[9] ?? -1)
  if (channels === undefined) throw new UnreadablePicture('the PNG has an unknown colour type')
  const row = Math.ceil((width * channels * (header[8] ?? 0)) / 8) + 1
  return header[12] === 0 ? row * height : (row + 8) * (height + 8) * 2
}

/**
 * The same PNG with nothing in it but its pixels and colours, once they are known to be whole and of bounded size: a
 * small file can unpack to gigabytes, in its pixels as well as in a colour profile.
 * @throws UnreadablePicture
 */
export function barePng(bytes: Uint8Array): Uint8Array {
  const chunks = pngChunks(bytes)
  const header = chunks[0]
  if (header?.type !== 'IHDR' || header.data.length !== 13) {
    throw new UnreadablePicture('the PNG has no header')
  }
  const words = view(header.data)
  const size = checked({ width: words.getUint32(0), height: words.getUint32(4) })
  const pixels = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  const most = rawBytes(header.data, size)
  const raw = inflateSync(pixels, { maxOutputLength: most })
  if (header.data[12] === 0 && raw.length < most) throw new UnreadablePicture('the PNG lacks rows')
  const needed = chunks.filter(({ type }, at) => at === 0 || ['PLTE', 'tRNS', 'IDAT', 'IEND'].includes(type))
  return Buffer.concat([Uint8Array.from(pngSignature), ...needed.map(({ whole }) => whole)])
}

function tooShort(): UnreadablePicture {
  return new UnreadablePicture('the JPEG file ends too early')
}

/** Where the next marker after a scan's data stands; `FF 00` and restarts belong to the data. */
function afterScan(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    at = bytes.indexOf(0xff, at)
    if (at === -1) break
    const code = bytes[at + 1] ?? 0
    if (code !== 0x00 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at
    at += 1
  }
  throw tooShort()
}

/** Start of frame: baseline, extended or progressive, 1 or 3 or 4 components. */
function frameSize(bytes: Uint8Array, at: number): Size {
  if (at + 10 > bytes.length) throw tooShort()
  const words = view(bytes)
  const components = words.getUint8(at + 9)
  if (![1, 3, 4].includes(components)) throw new UnreadablePicture('the JPEG has odd components')
  return checked({ height: words.getUint16(at + 5), width: words.getUint16(at + 7) })
}

interface Segment {
  /** Second byte of the marker. */
  readonly code: number
  readonly at: number
}

/** The segments up to the end of the picture, data of scans skipped. */
function jpegSegments(bytes: Uint8Array): Segment[] {
  const words = view(bytes)
  const segments: Segment[] = []
  let at = 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) throw new UnreadablePicture('the JPEG has no marker where one must be')
    const code = bytes[at + 1] ?? 0
    if (code === 0xd9) return segments
    // Any number of fill bytes may stand before a marker.
    if (code === 0xff) at += 1
    else {
      if (at + 4 > bytes.length) break
      segments.push({ code, at })
      const end = at + 2 + words.getUint16(at + 2)
      at = code === 0xda ? afterScan(bytes, end) : end
    }
  }
  throw tooShort()
}

/**
 * Size of a JPEG, read from its markers to the end without decoding (ITU-T T.81, annex B).
 * @throws UnreadablePicture where it is cut off, has several frames or more scans than any honest file
 */
export function jpegSize(bytes: Uint8Array): Size {
  const segments = jpegSegments(bytes)
  const [frame, second] = segments.filter(({ code }) => code >= 0xc0 && code <= 0xc2)
  const scans = segments.filter(({ code }) => code === 0xda).length
  if (frame === undefined || scans === 0) throw new UnreadablePicture('the JPEG holds no picture')
  if (second !== undefined) throw new UnreadablePicture('the JPEG has two frames')
  if (scans > mostScans) throw new UnreadablePicture('the JPEG has too many scans')
  return frameSize(bytes, frame.at)
}
