/** How a quantity was typed that can be read in two ways. */
export type QuantityDoubt = 'decimal' | 'thousands'

export interface TypedQuantity {
  readonly milli: number
  /** As typed, small letters: "kg", "dazeni"; null for pieces. */
  readonly unit: string | null
  readonly doubt: QuantityDoubt | null
}

/** "uneven": a part that thousandths cannot hold, a third. "size": grams or millilitres, which may be the size of one piece. */
export type QuantityTrouble = 'badFigure' | 'uneven' | 'size'

const oneMilli = 1000

const signs: Readonly<Record<string, number>> = { '½': 500, '¼': 250, '¾': 750, '⅛': 125 }
const sign = `[${Object.keys(signs).join('')}]`

const words: Readonly<Record<string, number>> = {
  'robo tatu': 750,
  robotatu: 750,
  robo: 250,
  nusu: 500,
  half: 500,
  quarter: 250,
}
const word = Object.keys(words).join('|')

/** Units that a price is said for: one of them costs so much. */
const unitNames = [
  'kgs?|kilos?|kilogramu?|kilogrammes?|l|lt|ltrs?|lita|lit(?:re|er)s?|m|mita|met(?:re|er)s?',
  'pcs?|pieces?|kipande|vipande|pkts?|pakiti|packets?|box(?:es)?|boksi|katoni|cartons?|ctns?',
  'dz|doz|dozens?|dazeni|dazani|darzeni|debe|gunia|magunia|fungu|mafungu|chupa|bottles?|rolls?|trays?|trei',
  'sado|pairs?|jozi|kopo|makopo|mfuko|mifuko|bags?|bunda|mabunda|crates?|kreti|sets?|seti|gorogoro',
].join('|')
const sizeNames = 'g|gms?|grams?|gramu|mg|ml|mls|cl'

const quantity = [
  String.raw`\d+\s+\d+\/\d+`,
  String.raw`\d+\/\d+`,
  String.raw`\d*${sign}`,
  String.raw`(?:(?:\d+|kilo|lita)\s+na\s+)?(?:${word})`,
  String.raw`\d[\d.,]*`,
].join('|')
const unit = `${unitNames}|${sizeNames}`

/** How a quantity may stand at the end of the words before "x". */
export const quantityPattern = String.raw`(?:${quantity})(?:\s*(?:${unit}))?`
const wholeQuantity = new RegExp(String.raw`^(${quantity})(?:\s*(${unit}))?$`, 'i')

function fraction(text: string): number | QuantityTrouble | null {
  const [, whole = '0', over, under] = /^(?:(\d+)\s+)?(\d+)\/(\d+)$/.exec(text) ?? []
  if (over === undefined || under === undefined) return null
  const part = (Number(over) * oneMilli) / Number(under)
  return Number.isInteger(part) ? Number(whole) * oneMilli + part : 'uneven'
}

/** "½", "1½", "robo", "1 na nusu", "kilo na robo". */
function spoken(text: string): number | null {
  const [, before, mark] = new RegExp(`^(\\d*)(${sign})$`).exec(text) ?? []
  if (mark !== undefined) return Number(before ?? '0') * oneMilli + (signs[mark] ?? 0)
  const [, whole, part] = new RegExp(String.raw`^(?:(\d+|kilo|lita)\s+na\s+)?(${word})$`).exec(text) ?? []
  if (part === undefined) return null
  const wholes = whole === undefined ? 0 : /^\d/.test(whole) ? Number(whole) : 1
  return wholes * oneMilli + (words[part] ?? 0)
}

/** Scales write "1.500" for a kilo and a half, and people "1,500" for pieces: both are taken so, and told. */
function figure(text: string): { readonly milli: number; readonly doubt: QuantityDoubt | null } | null {
  if (/^\d+(?:\.\d{1,3})?$/.test(text)) {
    const doubt = /^[1-9]\d{0,2}\.\d{3}$/.test(text) ? 'decimal' : null
    return { milli: Math.round(Number(text) * oneMilli), doubt }
  }
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,3})?$/.test(text)) {
    const doubt = /^\d+,\d{3}$/.test(text) ? 'thousands' : null
    return { milli: Math.round(Number(text.replaceAll(',', '')) * oneMilli), doubt }
  }
  if (!/^(?:\d+,\d{1,2}|0,\d{3})$/.test(text)) return null
  return { milli: Math.round(Number(text.replace(',', '.')) * oneMilli), doubt: null }
}

/** Reads "2", "1,5", "1/2", "1½", "robo", "2kg", "3 dazeni" into thousandths. */
export function readQuantity(typed: string): TypedQuantity | QuantityTrouble {
  const text = typed.trim().replace(/\s+/g, ' ').toLowerCase()
  const [, amount, named] = wholeQuantity.exec(text) ?? []
  if (amount === undefined) return 'badFigure'
  const parted = fraction(amount) ?? spoken(amount)
  if (typeof parted === 'string') return parted
  const read = parted === null ? figure(amount) : { milli: parted, doubt: null }
  if (read === null || read.milli === 0) return 'badFigure'
  if (named !== undefined && new RegExp(`^(?:${sizeNames})$`).test(named)) return 'size'
  return { ...read, unit: named ?? null }
}
