/* No schema library, so that the page can use it. */

/** A sale's number as people read, type and scan it: "000143". One that has none yet has the width it will have. */
export function formatSaleNumber({ number }: { readonly number: number | null }): string {
  return String(number ?? 0).padStart(6, '0')
}
