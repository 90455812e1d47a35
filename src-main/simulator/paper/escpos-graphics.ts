/**
 * `GS ( L` and `GS 8 L`: pictures that are sent first and printed by a second command, or that stay in the printer.
 * Source: Epson's command reference, functions 50, 65 to 69, 81 to 85 and 112 of `GS ( L`.
 */
import { low16 } from './command-length.ts'
import type { StoredPictures } from './language.ts'
import type { PaperLine } from './line.ts'
import { type DotImage, rasterPicture } from './pictures.ts'

/** Functions that keep a picture under a key, print it, delete it, delete all; in read-only or in volatile memory. */
const keyed = [
  { store: 67, print: 69, remove: 66, clear: 65, memory: 'nv' },
  { store: 83, print: 85, remove: 82, clear: 81, memory: 'download' },
] as const

/** One bit a dot, for printers of one colour. */
const monochrome = 48
const firstColour = 49

function picture(
  header: { readonly widthDots: number; readonly heightDots: number },
  data: readonly number[],
  stretch: { readonly wide: number; readonly high: number },
): DotImage | null {
  const { widthDots, heightDots } = header
  const needed = Math.ceil(widthDots / 8) * heightDots
  if (widthDots === 0 || heightDots === 0 || data.length !== needed) return null
  return rasterPicture(Uint8Array.from(data), { widthDots, heightDots }, stretch)
}

/** `30 70 a bx by c xL xH yL yH d…`: the picture that function 50 prints. */
function fresh(body: readonly number[]): DotImage | null {
  const [, , tone, wide = 1, high = 1, colour] = body
  const sane = tone === monochrome && colour === firstColour && [wide, high].every((n) => n === 1 || n === 2)
  if (!sane) return null
  return picture({ widthDots: low16(body, 6), heightDots: low16(body, 8) }, body.slice(10), { wide, high })
}

/** `30 43 a kc1 kc2 b xL xH yL yH c d…`: a picture to be kept. */
function kept(body: readonly number[]): DotImage | null {
  const [, , tone, , , colours] = body
  if (tone !== monochrome || colours !== 1 || body[10] !== firstColour) return null
  return picture({ widthDots: low16(body, 6), heightDots: low16(body, 8) }, body.slice(11), {
    wide: 1,
    high: 1,
  })
}

/** @returns what runs the body of a command, from its `30` on; false when it means nothing */
export function graphicsCommands(
  line: PaperLine,
  stored: StoredPictures,
): (body: readonly number[]) => boolean {
  let waiting: DotImage | null = null

  const print = (image: DotImage | null | undefined, stretch: { wide: number; high: number }) => {
    if (image === null || image === undefined) return false
    line.flush()
    line.picture(rasterPicture(image.rows, image, stretch))
    line.flush()
    return true
  }
  const keep = (key: string, image: DotImage | null) => {
    if (image !== null) stored.set(key, image)
    return image !== null
  }
  const clear = (memory: string) => {
    for (const key of stored.keys()) if (key.startsWith(memory)) stored.delete(key)
    return true
  }
  const runKeyed = (body: readonly number[]): boolean => {
    const code = body[1] ?? 0
    const functions = keyed.find((one) =>
      [one.store, one.print, one.remove, one.clear].some((n) => n === code),
    )
    if (functions === undefined) return false
    const { memory } = functions
    const keyAt = (at: number) => `${memory} ${body[at] ?? 0} ${body[at + 1] ?? 0}`
    if (code === functions.store) return keep(keyAt(3), kept(body))
    if (code === functions.print)
      return print(stored.get(keyAt(2)), { wide: body[4] === 2 ? 2 : 1, high: body[5] === 2 ? 2 : 1 })
    return code === functions.remove ? stored.delete(keyAt(2)) : clear(memory)
  }
  return (body) => {
    if (body[0] !== 0x30) return false
    if (body[1] === 112) {
      waiting = fresh(body)
      return waiting !== null
    }
    if (body[1] === 2 || body[1] === 50) {
      const image = waiting
      waiting = null
      return print(image, { wide: 1, high: 1 })
    }
    return runKeyed(body)
  }
}
