import type { Segments } from '../../src-preload/contract/messaging.ts'
import { septetsOf } from '../../src-preload/contract/sms-letters.ts'

const limits = {
  'GSM-7': { single: 160, part: 153 },
  'UCS-2': { single: 70, part: 67 },
} as const

/**
 * How many SMS parts a text takes. A part never splits an escape pair or a surrogate pair. Source: 3GPP TS 23.038;
 * 153 and 67 are what a user data header of 6 octets leaves.
 */
export function countSegments(text: string): Segments {
  const characters = [...text]
  const septets = characters.map(septetsOf)
  const gsm = !septets.includes(null)
  const encoding = gsm ? 'GSM-7' : 'UCS-2'
  const sizes = characters.map((character, at) => (gsm ? septets[at] : null) ?? character.length)
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { single, part } = limits[encoding]
  if (units <= single) return { encoding, units, segments: units === 0 ? 0 : 1, left: single - units }
  let segments = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > part) {
      segments += 1
      used = 0
    }
    used += size
  }
  return { encoding, units, segments, left: part - used }
}
