/** One measured figure; `value` is the median of `runs` runs. */
export interface Figure {
  readonly figure: string
  readonly value: number
  readonly unit: string
  readonly runs: number
}

/** @param values one for each run */
export function figureOf(figure: string, unit: string, values: readonly number[]): Figure {
  return { figure, value: rounded(quantile(values, 0.5)), unit, runs: values.length }
}

/** @param share 0 is the least, 1 the greatest, 0.5 the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  if (below === undefined || above === undefined) throw new Error('no values')
  return below + (above - below) * (at - Math.floor(at))
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

export function printFigure(figure: Figure): void {
  console.log(JSON.stringify(figure))
}
