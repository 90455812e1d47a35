import { betweenDigits } from '../../src-preload/contract/plain-text.ts'
import { plainFigures } from './money.ts'

const marks = new RegExp(`[${betweenDigits}]`, 'g')
const numberLike = new RegExp(String.raw`^[+(]?[\d${betweenDigits}]+$`)

/** An E.164 number as it is read aloud in its own country: +255712345678 → "0712 345 678"; others keep their code, none is "–". */
export function formatPhone(phone: string | null): string {
  if (phone === null) return '–'
  const local = /^\+(?:255|254)(\d{3})(\d{3})(\d{3})$/.exec(phone)
  if (local === null) return phone
  const [, first = '', second = '', third = ''] = local
  return `0${first} ${second} ${third}`
}

/** Digits typed so far, to tell a number being typed from a name. */
export function digitsIn(typed: string): string {
  return typed.replace(/\D/g, '')
}

/** True for text that can only become a number: digits, and what people put between them. */
export function looksLikeNumber(typed: string): boolean {
  return numberLike.test(plainFigures(typed).trim())
}

/** Words that stand before a number where it is copied from. */
const labelBefore = /^(?:tel|phone|mobile|mob|cell|simu|namba|whatsapp)\b\s*[.:]?\s*/i
/** Of a neighbourhood where no price begins with 0, and none has a plus. */
const wholeNumber = /^(?:0[1679]\d{8}|(?:\+|00)[1-9]\d{10,11})$/

function isWhole(typed: string): boolean {
  return wholeNumber.test(typed.replace(marks, ''))
}

/** A text that is a whole mobile number and nothing else, as it was typed or copied; null for any other. */
export function wholeNumberIn(typed: string): string | null {
  const bare = plainFigures(typed).trim().replace(labelBefore, '')
  return looksLikeNumber(bare) && isWhole(bare) ? bare : null
}

/** Whether a line of words ends with a whole mobile number, which no price is. */
export function endsInNumber(text: string): boolean {
  return isWhole(/[+(\d][\d\s().‐-―-]*$/.exec(text)?.[0] ?? '')
}
