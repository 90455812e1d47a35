import type { SaleLineInput } from '../../../src-preload/contract/receipts.ts'
import {
  amountPattern,
  endSign,
  lineAmountMinor,
  plainFigures,
  readAmountMinor,
} from '../../components/money.ts'
import { endsInNumber } from '../../components/phone.ts'
import {
  holdsQuantity,
  type QuantityDoubt,
  type QuantityTrouble,
  quantityPattern,
  readQuantity,
  type TypedQuantity,
} from './line-figures.ts'
import { holdsHalfSum, isNoPrice, leavesOver } from './line-names.ts'

/** What comes off a line: so many minor units, or so many percent of it. */
export type Discount =
  | { readonly kind: 'amount'; readonly minor: number }
  | { readonly kind: 'percent'; readonly percent: number }

/** Where a line can be read in two ways: it says which one was taken. */
export type Doubt = QuantityDoubt | 'thousandsPoint' | 'spaced' | 'inName' | 'smallPrice' | 'cents'

/** Why a line is not read at all, rather than guessed at. */
export type LineTrouble = QuantityTrouble | 'unclear' | 'sumDiffers'

interface PricedLine {
  readonly name: string
  readonly quantityMilli: number
  /** What one of it is, as typed: "kg"; null for pieces. */
  readonly unit: string | null
  readonly unitPriceMinor: number | null
  readonly doubts: readonly Doubt[]
}

/** What one typed line says; a price of null was not typed yet, a discount of null not at all. */
export interface TypedLine extends PricedLine {
  readonly discount: Discount | null
}

/** A line as typed; its tax rate is the shop's usual one until main says otherwise. */
export interface EnteredLine {
  readonly name: string
  readonly quantityMilli: number
  readonly unitPriceMinor: number
  readonly discountMinor: number
}

const oneMilli = 1000
const minorPerShilling = 100
const timesSign = String.raw`(?:[x×✕✖⨯*∗@х]|\b(?:kwa|mara|times)\b)`
/** The last "x" of the line: what stands before it ends with how many, what follows is the price of one. */
const timesAtEnd = new RegExp(`^(.*)${timesSign}(.+)$`, 'i')
const quantityAtEnd = new RegExp(`^(?:(.*?)\\s)?(${quantityPattern})$`, 'i')
const priceAtEnd = new RegExp(`^(.*?\\S)\\s+(${amountPattern})$`, 'i')
const sumAtEnd = new RegExp(`^(.*\\d[^=]*?)\\s*=\\s*(${amountPattern})$`, 'i')
const discountAtEnd = new RegExp(
  `^(.*\\S)\\s+(?:[-−–]|punguzo(?:\\s+la)?|discount)\\s*(${amountPattern}|\\d[\\d.,]*\\s*%)$`,
  'i',
)
/** What main takes at most: characters, thousandths, minor units. */
const longestName = 80
const largestQuantityMilli = 1_000_000_000
export const largestMinor = 1_000_000_000_000

/** A row copied from a sheet: name, how many, price of one. */
const cellsOfSheet = /^([^\t]*[^\t\s])\t+([\d.,½¼¾]+)\t+([^\t]+)$/

/** Reads "500", "-500" or "10%"; null when it is no figure. */
export function readDiscount(typed: string): Discount | null {
  const bare = typed.trim().replace(/^[-−–]\s*/, '')
  if (!bare.endsWith('%')) {
    const minor = readAmountMinor(bare)
    return minor === null ? null : { kind: 'amount', minor }
  }
  const percent = /^\d+(?:[.,]\d+)?\s*%$/.test(bare) ? Number(bare.slice(0, -1).replace(',', '.')) : null
  return percent === null ? null : { kind: 'percent', percent }
}

/** Minor units that come off; a percentage comes to whole shillings, as shops count, where the line itself does. */
function discountMinorOf(discount: Discount | null, amountMinor: number): number {
  if (discount === null) return 0
  if (discount.kind === 'amount') return discount.minor
  const exact = (amountMinor * discount.percent) / 100
  const step = amountMinor % minorPerShilling === 0 ? minorPerShilling : 1
  return Math.round(exact / step) * step
}

/** Below this a price with cents is more likely thousands that were typed short: "3.2". */
const fewMinor = 1000

function doubtsOfPrice(typed: string): readonly Doubt[] {
  if (/\d \d{3}/.test(typed)) return ['spaced']
  if (/\d\.\d{3}(?!\d)/.test(typed)) return ['thousandsPoint']
  const minor = readAmountMinor(typed) ?? 0
  return minor < fewMinor && minor % minorPerShilling !== 0 ? ['cents'] : []
}

function doubtsOfTimes({ milli, doubt }: TypedQuantity, price: string, minor: number): readonly Doubt[] {
  const doubts = [...(doubt === null ? [] : [doubt]), ...doubtsOfPrice(price)]
  // "3200 x 2" may be meant the other way round.
  const small = minor > 0 && minor / minorPerShilling < milli / oneMilli
  return small && doubts.length === 0 ? ['smallPrice'] : doubts
}

function doubtsOfName(name: string, price: string): readonly Doubt[] {
  const doubts = doubtsOfPrice(price)
  return doubts.length === 0 && holdsQuantity(name) ? ['inName'] : doubts
}

/** "Sukari 2 x 3200", or null when the words are no such sum. */
function readTimes(text: string): PricedLine | LineTrouble | null {
  const [, before = '', price = ''] = timesAtEnd.exec(text) ?? []
  const unitPriceMinor = readAmountMinor(price)
  const [, name = '', typed] = quantityAtEnd.exec(before.trim()) ?? []
  if (unitPriceMinor === null || typed === undefined) return null
  const quantity = readQuantity(typed)
  if (typeof quantity === 'string') return quantity
  if (leavesOver(name.trim())) return 'unclear'
  const { milli, unit } = quantity
  const doubts = doubtsOfTimes(quantity, price.trim(), unitPriceMinor)
  return { name: name.trim(), quantityMilli: milli, unit, unitPriceMinor, doubts }
}

/** "2 x 3200 = 6400": the sum must be right, or nobody knows which of the three figures was meant. */
function readSum(text: string): PricedLine | LineTrouble | null {
  const [, before, sum] = sumAtEnd.exec(text) ?? []
  if (before === undefined || sum === undefined) return null
  const line = readTimes(before)
  if (line === null || typeof line === 'string') return line ?? 'unclear'
  const { quantityMilli, unitPriceMinor } = line
  const right = lineAmountMinor(quantityMilli, unitPriceMinor ?? 0) === readAmountMinor(sum)
  return right ? line : 'sumDiffers'
}

function readPriced(text: string): PricedLine | LineTrouble | null {
  const sum = readSum(text) ?? readTimes(text)
  if (sum !== null) return sum
  if (endsInNumber(text)) return 'unclear'
  const [, name, price] = priceAtEnd.exec(text) ?? []
  if (name === undefined || price === undefined)
    return /\d/.test(text) && holdsHalfSum(text) ? 'unclear' : null
  const unitPriceMinor = readAmountMinor(price)
  if (holdsHalfSum(name) || isNoPrice(name, price, unitPriceMinor)) return 'unclear'
  return { name, quantityMilli: oneMilli, unit: null, unitPriceMinor, doubts: doubtsOfName(name, price) }
}

/**
 * Reads a line as a cashier types it: "Sukari 2 x 3200", "Mafuta 6,600", "Nyama 1½ kg x 12.000/=", with what comes off it
 * at the end: "Sukari 2 x 3200 -500", "Mafuta 6600 -10%". A line without a price is only a name, "-" and all.
 * Prices come out in minor units.
 * @returns the line, or why it cannot be read without guessing
 */
export function readLine(typed: string): TypedLine | LineTrouble {
  const text = plainFigures(typed)
    .trim()
    .replace(cellsOfSheet, '$1 $2 x $3')
    .replace(/\s+/g, ' ')
    .replace(endSign, '')
  const [, rest, off] = discountAtEnd.exec(text) ?? []
  if (rest !== undefined && off !== undefined) {
    const priced = readPriced(rest)
    const discount = readDiscount(off)
    if (typeof priced === 'string') return priced
    if (priced !== null && discount !== null) return { ...priced, discount }
  }
  const priced = readPriced(text)
  if (typeof priced === 'string') return priced
  const nameOnly = { name: text, quantityMilli: oneMilli, unit: null, unitPriceMinor: null, doubts: [] }
  return { ...(priced ?? nameOnly), discount: null }
}

/** The fields of the entry row as typed. */
export interface LineFields {
  readonly item: string
  readonly quantity: string
  readonly price: string
  readonly discount: string
}

export const emptyFields: LineFields = { item: '', quantity: '', price: '', discount: '' }

export type FieldTrouble = {
  readonly field: keyof LineFields
  readonly trouble:
    | 'needsName'
    | 'needsPrice'
    | 'nameTooLong'
    | 'figureTooLarge'
    | 'discountTooMuch'
    | LineTrouble
    | 'saleTooLarge'
}

function isBlank(typed: string): boolean {
  return typed.trim() === ''
}

/** Takes the discount off a line that is whole but for it. */
function discounted(
  line: Omit<EnteredLine, 'discountMinor'>,
  fields: LineFields,
  quick: Discount | null,
): EnteredLine | FieldTrouble {
  const typed = !isBlank(fields.discount)
  const discount = typed ? readDiscount(fields.discount) : quick
  if (typed && discount === null) return { field: 'discount', trouble: 'badFigure' }
  const amountMinor = lineAmountMinor(line.quantityMilli, line.unitPriceMinor)
  const discountMinor = discountMinorOf(discount, amountMinor)
  if (discountMinor > amountMinor) return { field: typed ? 'discount' : 'item', trouble: 'discountTooMuch' }
  return { ...line, discountMinor }
}

/** A whole line that main would refuse for its size, or null. */
function tooMuch(
  { name, quantityMilli, unitPriceMinor }: Omit<EnteredLine, 'discountMinor'>,
  priceField: 'item' | 'price',
): FieldTrouble | null {
  if (name.length > longestName) return { field: 'item', trouble: 'nameTooLong' }
  if (quantityMilli > largestQuantityMilli) return { field: 'quantity', trouble: 'figureTooLarge' }
  const largest = Math.max(unitPriceMinor, lineAmountMinor(quantityMilli, unitPriceMinor))
  return largest > largestMinor ? { field: priceField, trouble: 'figureTooLarge' } : null
}

/** A line in the fields as it was understood, before Enter takes it. */
export interface ReadEntry {
  readonly line: EnteredLine
  readonly unit: string | null
  readonly doubts: readonly Doubt[]
}

/** The quick entry, with what stands in fields of its own in place of it. */
function joined(fields: LineFields): TypedLine | FieldTrouble {
  const separate = !isBlank(fields.price)
  const name = fields.item.trim()
  const alone = isBlank(fields.quantity) && holdsQuantity(name) ? (['inName'] as const) : []
  const plain = { name, quantityMilli: oneMilli, unit: null, doubts: alone, discount: null }
  const quick = separate ? { ...plain, unitPriceMinor: readAmountMinor(fields.price) } : readLine(fields.item)
  if (typeof quick === 'string') return { field: 'item', trouble: quick }
  if (isBlank(fields.quantity)) return quick
  const quantity = readQuantity(fields.quantity)
  if (typeof quantity === 'string') return { field: 'quantity', trouble: quantity }
  const doubts = quick.doubts.filter((doubt) => doubt !== 'decimal' && doubt !== 'thousands')
  const { milli, unit, doubt } = quantity
  return { ...quick, quantityMilli: milli, unit, doubts: doubt === null ? doubts : [...doubts, doubt] }
}

/**
 * Reads the quick entry and the separate fields as one line; a typed field goes before what the quick entry says.
 * @returns what was understood, or which field to fill or correct next
 */
export function readEntry(fields: LineFields): ReadEntry | FieldTrouble {
  const typed = joined(fields)
  if ('trouble' in typed) return typed
  const { unit, unitPriceMinor, quantityMilli, doubts } = typed
  if (typed.name === '') return { field: 'item', trouble: 'needsName' }
  const separate = !isBlank(fields.price)
  if (unitPriceMinor === null) return { field: 'price', trouble: separate ? 'badFigure' : 'needsPrice' }
  // Paper and messages say what one of it is.
  const name = unit === null || namesUnit(typed.name, unit) ? typed.name : `${typed.name} (${unit})`
  const line = { name, quantityMilli, unitPriceMinor }
  const whole = tooMuch(line, separate ? 'price' : 'item') ?? discounted(line, fields, typed.discount)
  return 'trouble' in whole ? whole : { line: whole, unit, doubts }
}

function namesUnit(name: string, unit: string): boolean {
  return name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .includes(unit)
}

/** The line that Enter takes, or which field to fill or correct next. */
export function composeLine(fields: LineFields): EnteredLine | FieldTrouble {
  const read = readEntry(fields)
  return 'trouble' in read ? read : read.line
}

/** A line back in the fields, to be changed. */
export function fieldsOf({
  name,
  quantityMilli,
  unitPriceMinor,
  discountMinor = 0,
}: SaleLineInput): LineFields {
  return {
    item: name,
    quantity: String(quantityMilli / oneMilli),
    price: String(unitPriceMinor / minorPerShilling),
    discount: discountMinor === 0 ? '' : String(discountMinor / minorPerShilling),
  }
}
