import type { Segments } from '../../src-preload/contract/messaging.ts'

/** GSM 03.38 basic set without ESC; the characters one may use at one septet each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** GSM 03.38 extension set: ESC and a character, two septets. */
const extension = new Set('\f^{}\\[~]|€')

const limits = {
  'GSM-7': { single: 160, part: 153 },
  'UCS-2': { single: 70, part: 67 },
} as const

/** What looks harmless but would turn a whole message into UCS-2. */
const typography: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u2032`]/g, "'"],
  [/[\u201c\u201d\u201e\u2033]/g, '"'],
  [/[\u2010-\u2015]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00a0\u2007\u2009\u202f\t]/g, ' '],
]

/** Replaces typographic characters by their plain twins, so that they do not double the price of a message. */
export function foldTypography(text: string): string {
  return typography.reduce(
    (folded, [pattern, plain]) => folded.replace(pattern, plain),
    text.normalize('NFC'),
  )
}

/**
 * How many SMS parts a text takes. A part never splits an escape pair or a surrogate pair. Source: 3GPP TS 23.038;
 * 153 and 67 are what a user data header of 6 octets leaves.
 */
export function countSegments(text: string): Segments {
  const characters = [...text]
  const gsm = characters.every((character) => basic.has(character) || extension.has(character))
  const encoding = gsm ? 'GSM-7' : 'UCS-2'
  const sizes = characters.map((character) => (gsm ? (extension.has(character) ? 2 : 1) : character.length))
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
