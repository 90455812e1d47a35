import type { SaleLineInput } from '../../../src-preload/contract/receipts.ts'
import { lineAmountMinor, readAmountMinor, readFigure } from '../../components/money.ts'

/** What comes off a line: so many minor units, or so many percent of it. */
export type Discount =
  | { readonly kind: 'amount'; readonly minor: number }
  | { readonly kind: 'percent'; readonly percent: number }

/** What one typed line says; a price of null was not typed yet, a discount of null not at all. */
export interface TypedLine {
  readonly name: string
  readonly quantityMilli: number
  readonly unitPriceMinor: number | null
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
const figure = String.raw`\d[\d,]*(?:\.\d+)?`
const timesAtEnd = new RegExp(`^(.*?)\\s*(${figure})\\s*(?:[x×*@]|kwa)\\s*(${figure})$`, 'i')
const priceAtEnd = new RegExp(`^(.*\\S)\\s+(${figure})$`)
const discountAtEnd = new RegExp(`^(.*\\S)\\s+[-−–]\\s*(${figure}\\s*%?)$`)

/** What main takes at most: characters, thousandths, minor units. */
const longestName = 80
const largestQuantityMilli = 1_000_000_000
const largestMinor = 1_000_000_000_000

/** Null for what is no figure, and for less than a thousandth. */
function quantityMilliOf(typed: string): number | null {
  const read = readFigure(typed)
  const milli = read === null ? 0 : Math.round(read * oneMilli)
  return milli === 0 ? null : milli
}

/** Reads "500", "-500" or "10%"; null when it is no figure. */
export function readDiscount(typed: string): Discount | null {
  const bare = typed.trim().replace(/^[-−–]/, '')
  if (!bare.endsWith('%')) {
    const minor = readAmountMinor(bare)
    return minor === null ? null : { kind: 'amount', minor }
  }
  const percent = readFigure(bare.slice(0, -1))
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

function readPriced(text: string): Omit<TypedLine, 'discount'> | null {
  const times = timesAtEnd.exec(text)
  if (times !== null) {
    const [, name = '', quantity = '', price = ''] = times
    const quantityMilli = quantityMilliOf(quantity)
    const unitPriceMinor = readAmountMinor(price)
    if (quantityMilli !== null && unitPriceMinor !== null) return { name, quantityMilli, unitPriceMinor }
  }
  const [, name, price] = priceAtEnd.exec(text) ?? []
  if (name === undefined || price === undefined) return null
  return { name, quantityMilli: oneMilli, unitPriceMinor: readAmountMinor(price) }
}

/**
 * Reads a line as a cashier types it: "Sukari 2 x 3200", "Mafuta 6,600", "Nyama 1.5 x 12000", with what comes off it at
 * the end: "Sukari 2 x 3200 -500", "Mafuta 6600 -10%". A line without a price is only a name, "-" and all.
 * Prices come out in minor units.
 */
export function readLine(typed: string): TypedLine {
  const text = typed.trim().replace(/\s+/g, ' ')
  const [, rest, off] = discountAtEnd.exec(text) ?? []
  if (rest !== undefined && off !== undefined) {
    const priced = readPriced(rest)
    const discount = readDiscount(off)
    if (priced !== null && discount !== null) return { ...priced, discount }
  }
  const priced = readPriced(text) ?? { name: text, quantityMilli: oneMilli, unitPriceMinor: null }
  return { ...priced, discount: null }
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
    | 'badFigure'
    | 'figureTooLarge'
    | 'discountTooMuch'
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

/**
 * Joins the quick entry and the separate fields into a line; a typed field goes before what the quick entry says.
 * @returns the line, or which field to fill or correct next
 */
export function composeLine(fields: LineFields): EnteredLine | FieldTrouble {
  const separate = !isBlank(fields.price)
  const quick = readLine(separate ? '' : fields.item)
  const name = separate ? fields.item.trim() : quick.name
  const quantityMilli = isBlank(fields.quantity) ? quick.quantityMilli : quantityMilliOf(fields.quantity)
  if (name === '') return { field: 'item', trouble: 'needsName' }
  if (quantityMilli === null) return { field: 'quantity', trouble: 'badFigure' }
  if (!separate && quick.unitPriceMinor === null) return { field: 'price', trouble: 'needsPrice' }
  const unitPriceMinor = separate ? readAmountMinor(fields.price) : quick.unitPriceMinor
  if (unitPriceMinor === null) return { field: 'price', trouble: 'badFigure' }
  const line = { name, quantityMilli, unitPriceMinor }
  return tooMuch(line, separate ? 'price' : 'item') ?? discounted(line, fields, quick.discount)
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
