import { encode } from 'fast-png'
import type { OneBitImage } from '../documents/document.ts'

/** The picture as a file; in PNG a set bit is white. */
export function pngOf({ widthDots, heightDots, bits }: OneBitImage): Uint8Array {
  return encode({
    width: widthDots,
    height: heightDots,
    depth: 1,
    channels: 1,
    data: bits.map((byte) => ~byte & 0xff),
  })
}

export function pngDataUrl(image: OneBitImage): string {
  return `data:image/png;base64,${Buffer.from(pngOf(image)).toString('base64')}`
}
