import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { encode as encodePng } from 'fast-png'
import { encode as encodeJpeg } from 'jpeg-js'
import { describe, expect, it } from 'vitest'
import type { OneBitImage } from '../documents/document.ts'
import { readLogo, UnreadablePicture } from './picture.ts'

type Channels = 1 | 2 | 3 | 4

/** A picture of one colour, or of what each pixel says. */
function png(
  width: number,
  height: number,
  channels: Channels,
  colour: (x: number, y: number) => readonly number[],
  depth: 8 | 16 = 8,
): Uint8Array {
  const values = Array.from({ length: width * height }, (_, at) =>
    colour(at % width, Math.floor(at / width)),
  ).flat()
  const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values)
  return encodePng({ width, height, channels, depth, data })
}

function jpeg(width: number, height: number, level: number): Uint8Array {
  const data = new Uint8Array(width * height * 4).fill(level)
  return Uint8Array.from(encodeJpeg({ width, height, data }, 90).data)
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A PNG written chunk by chunk, for what no encoder would write. */
function rawPng(
  size: readonly [width: number, height: number],
  pixels: Uint8Array,
  {
    depth = 8,
    colourType = 0,
    more = [],
  }: { depth?: number; colourType?: number; more?: readonly Buffer[] } = {},
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size[0], 0)
  header.writeUInt32BE(size[1], 4)
  header.set([depth, colourType, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...more,
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Share of black dots, whole bytes of padding included. */
function blackShare({ bits, widthDots, heightDots }: OneBitImage): number {
  const black = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  return black / (widthDots * heightDots)
}

function isBlack({ bits, widthDots }: OneBitImage, x: number, y: number): boolean {
  return ((bits[y * (widthDots / 8) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
}

function detailOf(bytes: Uint8Array): string {
  try {
    readLogo(bytes)
  } catch (error) {
    if (error instanceof UnreadablePicture) return error.message
    throw error
  }
  return 'read'
}

describe('readLogo', () => {
  it.each([
    [800, 400, [384, 192], [480, 240]],
    [2_000, 100, [384, 19], [504, 25]],
    [100, 900, [32, 240], [32, 240]],
    [200, 100, [200, 100], [200, 100]],
    [1, 1, [8, 1], [8, 1]],
    [4_000, 8, [384, 1], [504, 1]],
  ] as const)('fits %i x %i into both papers and enlarges nothing', (width, height, narrow, wide) => {
    const { forPaper } = readLogo(png(width, height, 1, () => [0]))
    expect([forPaper['58'].widthDots, forPaper['58'].heightDots]).toEqual(narrow)
    expect([forPaper['80'].widthDots, forPaper['80'].heightDots]).toEqual(wide)
    for (const image of Object.values(forPaper)) {
      expect(image.bits.length).toBe((image.widthDots / 8) * image.heightDots)
    }
  })

  it('prints black as black, white as white and grey in its measure', () => {
    for (const [level, share] of [
      [0, 1],
      [255, 0],
      [128, 0.5],
      [64, 0.75],
      [230, 0.1],
    ] as const) {
      const image = readLogo(png(384, 100, 3, () => [level, level, level])).forPaper['58']
      expect(blackShare(image)).toBeCloseTo(share, 1)
      expect(Math.abs(blackShare(image) - share)).toBeLessThan(0.02)
    }
  })

  it('keeps left, right, top and bottom', () => {
    const image = readLogo(
      png(768, 400, 1, (x, y) => [(x < 384 && y < 200) || (x > 765 && y > 397) ? 0 : 255]),
    ).forPaper['58']
    expect([
      isBlack(image, 10, 10),
      isBlack(image, 370, 10),
      isBlack(image, 10, 190),
      isBlack(image, 180, 90),
    ]).toEqual([true, false, false, true])
  })

  it('trims white margins, so that the logo is as large as the paper allows and nothing feeds for them', () => {
    const framed = (margin: number, white: number) =>
      png(200, 120, 1, (x, y) => [
        x >= margin && x < 200 - margin && y >= margin && y < 120 - margin ? 0 : white,
      ])
    for (const white of [255, 246]) {
      const { widthDots, heightDots, bits } = readLogo(framed(20, white)).forPaper['58']
      expect([widthDots, heightDots]).toEqual([160, 80])
      expect(bits.every((byte) => byte === 0xff)).toBe(true)
    }
    const blank = readLogo(png(200, 120, 1, () => [255])).forPaper['58']
    expect([blank.widthDots, blank.heightDots]).toEqual([200, 120])
  })

  it('lays what is transparent over white, in each way that PNG has for it', () => {
    const half = (opaque: number) => (x: number) => (x < 50 ? opaque : 0)
    const ways: Uint8Array[] = [
      png(100, 20, 4, (x) => [0, 0, 0, half(255)(x)]),
      png(100, 20, 2, (x) => [0, half(255)(x)]),
      png(100, 20, 4, (x) => [0, 0, 0, half(65_535)(x)], 16),
      // One grey that is said to be clear.
      rawPng(
        [100, 20],
        Buffer.from(
          Array.from({ length: 20 }, () => [
            0,
            ...Array.from({ length: 100 }, (_, x) => (x < 50 ? 0 : 77)),
          ]).flat(),
        ),
        {
          more: [chunk('tRNS', Buffer.from([0, 77]))],
        },
      ),
      // Four bits a pixel, colours from a palette, of which the second is clear.
      rawPng(
        [100, 20],
        Buffer.from(
          Array.from({ length: 20 }, () => [
            0,
            ...Array.from({ length: 50 }, (_, at) => (at < 25 ? 0x00 : 0x11)),
          ]).flat(),
        ),
        {
          depth: 4,
          colourType: 3,
          more: [chunk('PLTE', Buffer.from([0, 0, 0, 0, 0, 0])), chunk('tRNS', Buffer.from([255, 0]))],
        },
      ),
    ]
    for (const bytes of ways) {
      const image = readLogo(bytes).forPaper['58']
      // What is clear is white, and white margins are trimmed.
      expect(Array.from({ length: image.widthDots }, (_, x) => isBlack(image, x, 10))).toEqual(
        Array.from({ length: 56 }, (_, x) => x < 50),
      )
    }
  })

  it('reads one bit a pixel', () => {
    const rows = Array.from({ length: 16 }, () => [0, 0x0f, 0xfe])
    const image = readLogo(rawPng([16, 16], Buffer.from(rows.flat()), { depth: 1 })).forPaper['58']
    expect([...image.bits]).toEqual(Array.from({ length: 16 }, () => [0xf0, 0x01]).flat())
  })

  it('reads JPEG, and gives the same dots each time', () => {
    const bytes = jpeg(500, 300, 100)
    const image = readLogo(bytes).forPaper['80']
    expect([image.widthDots, image.heightDots]).toEqual([400, 240])
    expect(Math.abs(blackShare(image) - (1 - 100 / 255))).toBeLessThan(0.02)
    expect(readLogo(bytes)).toEqual(readLogo(bytes))
  })

  it.each([
    ['nothing', new Uint8Array(), 'neither PNG nor JPEG'],
    ['a GIF', Buffer.from('GIF89a'), 'neither PNG nor JPEG'],
    ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'neither PNG nor JPEG'],
    ['two megabytes and a byte', new Uint8Array(2_000_001), 'more than 2000000 bytes'],
    ['a PNG too wide', rawPng([4_001, 1], Buffer.alloc(8)), '4001 x 1 pixels'],
    ['a PNG too high', rawPng([1, 1_000_000_000], Buffer.alloc(8)), '1 x 1000000000 pixels'],
    ['a PNG of too many pixels', rawPng([3_001, 2_000], Buffer.alloc(8)), '6002000 pixels'],
    ['a PNG without size', rawPng([0, 5], Buffer.alloc(8)), 'no size'],
    ['a PNG of unknown colours', rawPng([1, 1], Buffer.alloc(2), { colourType: 9 }), 'colour type'],
    ['a PNG that lacks rows', rawPng([10, 10], Buffer.alloc(11)), 'lacks rows'],
    ['a PNG without header', Buffer.concat([signature, chunk('IEND', Buffer.alloc(0))]), 'no header'],
    ['a JPEG cut off', jpeg(50, 50, 9).subarray(0, 300), 'ends too early'],
    ['a JPEG of no picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'no picture'],
    ['a JPEG that says nothing', Buffer.from([0xff, 0xd8, 0xff]), 'too early'],
  ] as const)('says of %s what is wrong', (_, bytes, words) => {
    expect(detailOf(bytes)).toContain(words)
  })

  it('does not unpack what a small file could grow to', () => {
    const bomb = deflateSync(Buffer.alloc(200_000_000))
    const profile = Buffer.concat([Buffer.from('x\0\0', 'latin1'), bomb])
    expect(bomb.length).toBeLessThan(250_000)
    expect(detailOf(rawPng([10, 10], Buffer.alloc(200_000_000)))).not.toBe('read')
    // In a colour profile, which is not needed, it is not even looked at.
    expect(detailOf(rawPng([1, 1], Buffer.from([0, 0]), { more: [chunk('iCCP', profile)] }))).toBe('read')
  })

  it('refuses a JPEG of more scans than any honest file, and one with two frames', () => {
    const bytes = Buffer.from(jpeg(16, 16, 9))
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]))
    const scans = Array.from({ length: 70 }, () => bytes.subarray(scan, -2))
    expect(detailOf(Buffer.concat([bytes.subarray(0, scan), ...scans, bytes.subarray(-2)]))).toContain(
      'scans',
    )
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    const end = frame + 2 + bytes.readUInt16BE(frame + 2)
    const twice = Buffer.concat([bytes.subarray(0, end), bytes.subarray(frame)])
    expect(detailOf(twice)).toContain('two frames')
  })

  it('reads a damaged file or says that it cannot, and never fails in another way', () => {
    const originals = [
      png(60, 40, 4, (x, y) => [x, y, x * y, 255 - x]),
      png(60, 40, 1, (x) => [x], 16),
      jpeg(60, 40, 77),
    ]
    const damage = fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(
        fc.constantFrom(...originals),
        damage,
        fc.option(fc.nat(2_000)),
        (original, changes, cut) => {
          const bytes = Uint8Array.from(original)
          for (const [at, value] of changes) bytes[at % bytes.length] = value
          expect(typeof detailOf(cut === null ? bytes : bytes.subarray(0, cut % bytes.length))).toBe('string')
        },
      ),
      { numRuns: 1_500 },
    )
  })

  it('refuses every beginning of a file that is not all of it', () => {
    for (const bytes of [png(40, 30, 3, (x, y) => [x, y, 9]), jpeg(40, 30, 77)]) {
      for (let length = 0; length < bytes.length; length += 1) {
        expect(detailOf(bytes.subarray(0, length))).not.toBe('read')
      }
      expect(detailOf(bytes)).toBe('read')
    }
  })
})
