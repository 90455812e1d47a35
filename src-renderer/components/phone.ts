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

/** True for text that can only become a number: digits, spaces, +, - and brackets. */
export function looksLikeNumber(typed: string): boolean {
  return /^\+?[\d\s()-]+$/.test(typed.trim())
}
