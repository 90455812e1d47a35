import { crc32, deflateSync } from 'node:zlib'

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
