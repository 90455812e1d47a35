import type { SaleLine } from '../../../src-preload/contract/receipts.ts'
import { readAmountMinor, readFigure } from '../../components/money.ts'

/** What one typed line says; a price of null was not typed yet. */
export interface TypedLine {
  readonly name: string
  readonly quantityMilli: number
  readonly unitPriceMinor: number | null
}

const oneMilli = 1000
const figure = String.raw`\d[\d,]*(?:\.\d+)?`
const timesAtEnd = new RegExp(`^(.*?)\\s*(${figure})\\s*(?:[x×*@]|kwa)\\s*(${figure})$`, 'i')
const priceAtEnd = new RegExp(`^(.*\\S)\\s+(${figure})$`)

function quantityMilliOf(typed: string): number | null {
  const read = readFigure(typed)
  return read === null || read <= 0 ? null : Math.round(read * oneMilli)
}

/**
 * Reads a line as a cashier types it: "Sukari 2 x 3200", "Mafuta 6,600", "Nyama 1.5 x 12000".
 * A line without figures at its end is only a name. Prices come out in minor units.
 */
export function readLine(typed: string): TypedLine {
  const text = typed.trim().replace(/\s+/g, ' ')
  const times = timesAtEnd.exec(text)
  if (times !== null) {
    const [, name = '', quantity = '', price = ''] = times
    const quantityMilli = quantityMilliOf(quantity)
    const unitPriceMinor = readAmountMinor(price)
    if (quantityMilli !== null && unitPriceMinor !== null) return { name, quantityMilli, unitPriceMinor }
  }
  const [, name, price] = priceAtEnd.exec(text) ?? []
  if (name !== undefined && price !== undefined) {
    return { name, quantityMilli: oneMilli, unitPriceMinor: readAmountMinor(price) }
  }
  return { name: text, quantityMilli: oneMilli, unitPriceMinor: null }
}

/** The three fields of the entry row as typed. */
export interface LineFields {
  readonly item: string
  readonly quantity: string
  readonly price: string
}

export const emptyFields: LineFields = { item: '', quantity: '', price: '' }

export type FieldTrouble = {
  readonly field: keyof LineFields
  readonly trouble: 'needsName' | 'needsPrice' | 'badFigure'
}

/**
 * Joins the quick entry and the separate fields into a line; a typed field goes before what the quick entry says.
 * @returns the line, or which field to fill or correct next
 */
export function composeLine(fields: LineFields): SaleLine | FieldTrouble {
  const quick = fields.price.trim() === '' ? readLine(fields.item) : readLine('')
  const name = fields.price.trim() === '' ? quick.name : fields.item.trim()
  const quantityMilli = fields.quantity.trim() === '' ? quick.quantityMilli : quantityMilliOf(fields.quantity)
  if (name === '') return { field: 'item', trouble: 'needsName' }
  if (quantityMilli === null) return { field: 'quantity', trouble: 'badFigure' }
  if (fields.price.trim() === '' && quick.unitPriceMinor === null)
    return { field: 'price', trouble: 'needsPrice' }
  const unitPriceMinor = fields.price.trim() === '' ? quick.unitPriceMinor : readAmountMinor(fields.price)
  if (unitPriceMinor === null) return { field: 'price', trouble: 'badFigure' }
  return { name, quantityMilli, unitPriceMinor }
}

/** A line back in the fields, to be changed. */
export function fieldsOf(line: SaleLine): LineFields {
  return {
    item: line.name,
    quantity: String(line.quantityMilli / oneMilli),
    price: String(line.unitPriceMinor / 100),
  }
}
