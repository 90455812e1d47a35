/*
 * What is left of a typed line once its figures are taken for quantity and price: a name, or the half of something that
 * was not understood. Reading on there would be guessing.
 */

/** A name that holds the half of a sum: reading on would be guessing. */
const halfSum = new RegExp(
  [
    String.raw`[*×@=]|\d\s+(?:x|kwa)\s|(?:^|[\s\d½¼¾⅛])(?:x|kwa)$|^(?:x|kwa)\s`,
    String.raw`\d\s*(?:x{2,}|\+)$`,
    String.raw`\d\S*\s+(?:each|kila(?:\s+\S+)?|by|for|plus|less|kasoro)$`,
    // Not the price in shillings.
    String.raw`(?:^|\s)(?:usd|dola|dollars?|eur|euro|gbp|ugx|rwf)$|[$€£]$`,
  ].join('|'),
  'i',
)
/** "elfu 3" is three thousand; "gunia la kilo mia 120000" names a sack, for nobody counts so many hundreds. */
const countsPrice = /(?:^|\s)(?:elfu|laki|mia|milioni|million|thousand|hundred)$/i
const countedMinor = 100_000

/** What stands before the quantity belongs to it: "2 x 3 x 500", "thelathini na nusu", "kitabu cha nne". */
const leftOver = /(?:^|\s)(?:na|la|ya|cha|wa|za|vya|kwa|mara|times)$|\d\S*\s+x$|[/+×*@=]$/i
const leftSign = /(?:^|\s)x$/

/** Whether a name, which its price followed, ends or begins with the half of a sum. */
export function holdsHalfSum(name: string): boolean {
  return halfSum.test(name)
}

/** Whether what stands before a quantity belongs to it. */
export function leavesOver(name: string): boolean {
  return leftOver.test(name) || leftSign.test(name)
}

/** Whether the figure behind this name is surely no price in shillings. */
export function isNoPrice(name: string, price: string, unitPriceMinor: number | null): boolean {
  // A number of a phone, or thousands that came apart; "3.2.1" may be a version, which is a name.
  if (unitPriceMinor === null) return /^\D*0\d|,/.test(price) || countsPrice.test(name)
  return countsPrice.test(name) && unitPriceMinor < countedMinor
}
