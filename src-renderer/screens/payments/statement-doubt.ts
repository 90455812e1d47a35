import { ORPCError } from '@orpc/client'

/** What a person says about a file that can be read in two ways. */
export interface Said {
  readonly dates?: 'dayFirst' | 'monthFirst'
  readonly decimals?: 'point' | 'comma'
}

/** One cell that can be read in two ways, and what it would be: epoch ms, or minor units. */
export interface Doubt {
  readonly about: 'dates' | 'decimals'
  readonly sample: string
  readonly ways: readonly { readonly said: Said; readonly meant: number }[]
}

/** What a refused statement asks for; null for any other refusal. */
export function doubtOf(error: unknown): Doubt | null {
  if (!(error instanceof ORPCError) || error.code !== 'STATEMENT_DOUBTFUL') return null
  const values: unknown = Reflect.get(Object(error.data), 'values')
  const sample = String(Reflect.get(Object(values), 'sample'))
  const meant = (name: string) => Number(Reflect.get(Object(values), name))
  const field: unknown = Reflect.get(Object(error.data), 'field')
  if (field === 'dates') {
    const ways = (['dayFirst', 'monthFirst'] as const).map((dates) => ({
      said: { dates },
      meant: meant(dates),
    }))
    return { about: 'dates', sample, ways }
  }
  const ways = (['comma', 'point'] as const).map((decimals) => ({
    said: { decimals },
    meant: meant(decimals),
  }))
  return { about: 'decimals', sample, ways }
}
