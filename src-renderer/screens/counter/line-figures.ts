import { plainFigures } from '../../components/money.ts'

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

/** In thousandths; null for a third, which they cannot hold. */
const signs: Readonly<Record<string, number | null>> = {
  '½': 500,
  '¼': 250,
  '¾': 750,
  '⅛': 125,
  '⅜': 375,
  '⅝': 625,
  '⅞': 875,
  '⅕': 200,
  '⅖': 400,
  '⅗': 600,
  '⅘': 800,
  '⅓': null,
  '⅔': null,
  '⅙': null,
}
const sign = `[${Object.keys(signs).join('')}]`

const words: Readonly<Record<string, number | null>> = {
  'robo tatu': 750,
  robotatu: 750,
  robo: 250,
  nusu: 500,
  half: 500,
  quarter: 250,
  'theluthi mbili': null,
  theluthi: null,
}
const word = Object.keys(words).join('|')

/** As things of every class are counted: kuku wawili, vitabu viwili, mayai mawili, mikate miwili. */
const counted = [
  'moja|mmoja|kimoja',
  'mbili|wawili|viwili|mawili|miwili',
  'tatu|watatu|vitatu|matatu|mitatu',
  'nne|wanne|vinne|manne|minne',
  'tano|watano|vitano|matano|mitano',
  'sita',
  'saba',
  'nane|wanane|vinane|manane|minane',
  'tisa',
  'kumi',
].map((forms) => forms.split('|'))
const count = counted.flat().join('|')

/** Units that a price is said for: one of them costs so much. */
const unitNames = [
  'kgs?|kilos?|kilogramu?|kilogrammes?|l|lt|ltrs?|lita|lit(?:re|er)s?|m|mita|met(?:re|er)s?',
  'pcs?|pieces?|kipande|vipande|pkts?|pakiti|packets?|box(?:es)?|boksi|katoni|cartons?|ctns?',
  'dz|doz|dozens?|dazeni|dazani|darzeni|debe|gunia|magunia|fungu|mafungu|chupa|bottles?|rolls?|trays?|trei',
  'yadi|yards?|futi|ft|ndoo|pishi|kibaba|vibaba|rimu|reams?|tani|tons?|kiroba|viroba|strips?',
  'sado|pairs?|jozi|kopo|makopo|mfuko|mifuko|bags?|bunda|mabunda|crates?|kreti|sets?|seti|gorogoro',
].join('|')
const sizeNames = 'g|gms?|grams?|gramu|mg|ml|mls|cl'

const part = String.raw`(?:${word}|\d+\s*\/\s*\d+|${sign})`
const figures = [
  String.raw`\d+\s+\d+\s*\/\s*\d+`,
  String.raw`\d+\s*\/\s*\d+`,
  String.raw`\d*\s?${sign}`,
  String.raw`\d[\d.,]*`,
  String.raw`[.,]\d{1,3}`,
].join('|')
const said = [
  String.raw`(?:(?:${unitNames})\s+)?(?:\d+|${count})\s+na\s+${part}`,
  String.raw`(?:${unitNames})\s+na\s+${part}`,
  String.raw`(?:(?:${unitNames})\s+)?(?:${word}|${count})`,
].join('|')
const quantity = `${said}|${figures}`
const unit = `${unitNames}|${sizeNames}`

/** How a quantity may stand at the end of the words before "x". */
export const quantityPattern = String.raw`(?:${quantity})(?:\s*(?:${unit}))?`
const wholeQuantity = new RegExp(String.raw`^(${quantity})(?:\s*(${unit}))?$`, 'i')

function fraction(text: string): number | QuantityTrouble | null {
  const [, whole = '0', over, under] = /^(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)$/.exec(text) ?? []
  if (over === undefined || under === undefined) return null
  const part = (Number(over) * oneMilli) / Number(under)
  return Number.isInteger(part) ? Number(whole) * oneMilli + part : 'uneven'
}

const signed = new RegExp(String.raw`^(\d*)\s?(${sign})$`)
const parted = new RegExp(
  String.raw`^(?:(${unitNames})\s+)?(?:(\d+|${count})\s+na\s+|(${unitNames})\s+na\s+)?(${part})$`,
)
const numbered = new RegExp(String.raw`^(?:(${unitNames})\s+)?(${count})$`)

interface Spoken {
  readonly milli: number
  readonly unit: string | null
}

function countOf(said: string): number {
  return /^\d/.test(said) ? Number(said) : counted.findIndex((forms) => forms.includes(said)) + 1
}

/** Thousandths of "½", "robo", "1/2". */
function partOf(said: string): number | QuantityTrouble {
  return fraction(said) ?? signs[said] ?? words[said] ?? 'uneven'
}

/** "kilo mbili", "1½", "2 ½". */
function wholeSpoken(text: string): Spoken | QuantityTrouble | null {
  const [, before = '', mark] = signed.exec(text) ?? []
  const [, named, ones] = numbered.exec(text) ?? []
  if (ones !== undefined) return { milli: countOf(ones) * oneMilli, unit: named ?? null }
  return mark === undefined ? null : withPart(Number(before), mark, null)
}

function withPart(wholes: number, said: string, named: string | null): Spoken | QuantityTrouble {
  const milli = partOf(said)
  return typeof milli === 'string' ? milli : { milli: wholes * oneMilli + milli, unit: named }
}

/** "½", "1½", "robo", "1 na nusu", "kilo na robo", "mbili", "kilo mbili", "kilo moja na nusu". */
function spoken(text: string): Spoken | QuantityTrouble | null {
  const parts = fraction(text)
  if (parts !== null) return typeof parts === 'string' ? parts : { milli: parts, unit: null }
  const whole = wholeSpoken(text)
  if (whole !== null) return whole
  const [, named, wholes = '0', one, said] = parted.exec(text) ?? []
  if (said === undefined) return null
  return withPart(one === undefined ? countOf(wholes) : 1, said, named ?? null)
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
  if (!/^(?:\d+,\d{1,2}|0?[.,]\d{1,3})$/.test(text)) return null
  return { milli: Math.round(Number(text.replace(',', '.')) * oneMilli), doubt: null }
}

/** Reads "2", "1,5", "1/2", "1½", "robo", "2kg", "3 dazeni", "kilo mbili na nusu" into thousandths. */
export function readQuantity(typed: string): TypedQuantity | QuantityTrouble {
  const text = plainFigures(typed).trim().replace(/\s+/g, ' ').toLowerCase()
  const [, amount, behind] = wholeQuantity.exec(text) ?? []
  if (amount === undefined) return 'badFigure'
  const said = spoken(amount)
  if (typeof said === 'string') return said
  const plain = said === null ? figure(amount) : { milli: said.milli, doubt: null }
  if (plain === null || plain.milli === 0) return 'badFigure'
  if (behind !== undefined && new RegExp(`^(?:${sizeNames})$`).test(behind)) return 'size'
  return { ...plain, unit: behind ?? said?.unit ?? null }
}

/** A figure that is no part of a word, with its unit; "x2" and "2x" say how many too. */
const figureInName = new RegExp(
  String.raw`(?<![\p{L}\d.,/-])(?:x\s?)?((?:(?:${word})|${figures})(?:\s*(?:${unit}))?)x?(?![\p{L}\d])`,
  'giu',
)

/** Whether a name holds what may be meant for how many: not its size in grams, and not one of a unit, which costs the same. */
export function holdsQuantity(name: string): boolean {
  return Array.from(name.matchAll(figureInName)).some(([, found = '']) => {
    const read = readQuantity(found.replace(/[.,]+$/, ''))
    return typeof read === 'string' ? read !== 'size' : read.unit === null || read.milli !== oneMilli
  })
}
