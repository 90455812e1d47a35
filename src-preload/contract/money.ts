import { z } from 'zod'

/** ISO 4217 codes of the markets Kaunta serves. */
export const currencySchema = z.enum(['TZS', 'KES'])
export type Currency = z.infer<typeof currencySchema>

/** Minor units in one major unit (ISO 4217: both currencies have two decimals, though shops count whole shillings). */
export const minorPerMajor: Readonly<Record<Currency, number>> = { TZS: 100, KES: 100 }

/** The largest amount that anybody may type, hand over or be asked for, in minor units: ten thousand million shillings. */
export const largestMinor = 1_000_000_000_000

/** An amount in minor units (cents) as it is taken in; safe as a JavaScript integer. */
export const minorSchema = z.int().min(0).max(largestMinor)

/** An amount in minor units as it is shown: what stands in the file, and sums of it, are never held back by a limit. */
export const shownMinorSchema = z.int()

/** Tax rate in hundredths of a percent: 1800 is 18 %. */
export const taxRateBpSchema = z.int().min(0).max(10_000)

/** Quantity in thousandths, so that 1.5 kg is 1500. */
export const quantityMilliSchema = z.int().min(1).max(1_000_000_000)

/**
 * The price of a line in minor units, halves rounded up.
 * @param quantityMilli thousandths of a unit
 * @param unitPriceMinor minor units for one whole unit
 */
export function lineAmountMinor(quantityMilli: number, unitPriceMinor: number): number {
  return Math.round((quantityMilli * unitPriceMinor) / 1000)
}
