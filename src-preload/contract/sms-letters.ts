/*
 * The letters of a cheap SMS (3GPP TS 23.038). Apart from the schemas, so that the page can use it without carrying
 * their library.
 */
import { type Folded, foldFor } from './plain-text.ts'

/** GSM 03.38 basic set without ESC; the characters one may use at one septet each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** GSM 03.38 extension set: ESC and a character, two septets. */
const extension = new Set('\f^{}\\[~]|€')

/** Septets of one character; null where the whole message would have to be sent in UCS-2. */
export function septetsOf(character: string): 1 | 2 | null {
  if (basic.has(character)) return 1
  return extension.has(character) ? 2 : null
}

function inGsm(character: string): boolean {
  return septetsOf(character) !== null
}

/**
 * A text as an SMS bears it: signs that only look different and accents that GSM-7 lacks are folded, as on paper, since
 * one of them more than doubles the price of a message. Where something is beyond GSM-7 all the same, the accents stay.
 */
export function smsText(text: string): Folded {
  // A line feed is a character of its own there.
  const lines = text.replaceAll(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
  const folded = foldFor(lines, inGsm)
  if (folded.beyond.length === 0) return folded
  const kept = foldFor(lines, (character) => inGsm(character) || /\p{L}/u.test(character))
  return { text: kept.text, beyond: folded.beyond }
}
