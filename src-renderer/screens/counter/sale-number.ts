const width = 6

/** A receipt number as it is printed: "000143". */
export function paddedNumber(number: number | null): string {
  return String(number ?? 0).padStart(width, '0')
}
