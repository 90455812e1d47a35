import type { Misfit } from '../src-preload/contract/misfits.ts'
import { misfitWords } from '../src-preload/contract/misfits.ts'
import type { ProblemValues } from '../src-preload/contract/problem.ts'

type Part = PropertyKey | { readonly key: PropertyKey }

/** What a validator found: zod's names of it, and never its words. */
export interface Issue {
  readonly path?: readonly Part[] | undefined
  readonly code?: string
  /** "undefined" at its end where nothing was given. */
  readonly message: string
  readonly origin?: string
  readonly expected?: unknown
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly values?: readonly unknown[]
  readonly keys?: readonly string[]
  /** What the schema says of its own rule: `problem`, a code of the catalogue. */
  readonly params?: Readonly<Record<string, unknown>> | undefined
}

interface Found {
  readonly misfit: Misfit
  readonly limit?: string | number
  readonly allowed?: string
}

const sizes = {
  string: { small: 'tooShort', big: 'tooLong' },
  array: { small: 'tooFew', big: 'tooMany' },
  set: { small: 'tooFew', big: 'tooMany' },
} as const

function sizeOf(origin: string | undefined, side: 'small' | 'big'): Misfit {
  if (origin === 'string' || origin === 'array' || origin === 'set') return sizes[origin][side]
  return side === 'small' ? 'tooSmall' : 'tooLarge'
}

function kindOf({ message, expected }: Issue): Found {
  if (message.endsWith('undefined')) return { misfit: 'missing' }
  return { misfit: expected === 'int' ? 'notWhole' : 'wrongKind' }
}

const finders: Readonly<Record<string, (issue: Issue) => Found>> = {
  invalid_type: kindOf,
  too_small: ({ origin, minimum }) => ({ misfit: sizeOf(origin, 'small'), limit: String(minimum ?? '') }),
  too_big: ({ origin, maximum }) => ({ misfit: sizeOf(origin, 'big'), limit: String(maximum ?? '') }),
  invalid_format: () => ({ misfit: 'badForm' }),
  invalid_value: ({ values = [] }) => ({ misfit: 'notOneOf', allowed: values.join(', ') }),
  unrecognized_keys: ({ keys = [] }) => ({ misfit: 'unknown', allowed: keys.join(', ') }),
  not_multiple_of: () => ({ misfit: 'notWhole' }),
}

/** The first thing that does not fit, as values of INPUT_INVALID: the screen words it in its own language once more. */
export function misfitOf(issue: Issue | undefined): ProblemValues & { readonly misfit: Misfit } {
  // A field that is not known is named itself, not the object that it stands in.
  const stranger = issue?.code === 'unrecognized_keys' ? (issue.keys ?? []).slice(0, 1) : []
  const field = [
    ...(issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)),
    ...stranger,
  ].join('.')
  const found: Found =
    issue === undefined
      ? { misfit: 'doesNotFit' }
      : (finders[issue.code ?? '']?.(issue) ?? { misfit: 'doesNotFit' })
  return { field, ...found, detail: misfitWords(found.misfit, { ...found }, 'en') }
}
