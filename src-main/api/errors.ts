import { ORPCError, ValidationError } from '@orpc/server'
import { fill, type ProblemCode, type ProblemValues, problems } from '../../src-preload/contract/errors.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import { rightsSchema } from '../../src-preload/contract/rights.ts'
import type { CallContext } from '../implement.ts'
import { KauntaError } from '../problem.ts'

/**
 * Stands between every procedure and every door. Who asks is judged before the call is made; whatever a
 * handler throws leaves as one code of the catalogue, an unforeseen error as INTERNAL with a mark and nothing else.
 */
export async function guardCall<T>(options: {
  readonly context: CallContext
  readonly procedure: { readonly '~orpc': { readonly meta: unknown } }
  next(): Promise<T>
}): Promise<T> {
  try {
    options.context.admit(rightsSchema.parse(options.procedure['~orpc'].meta))
    return await options.next()
  } catch (error) {
    throw translate(error, options.context)
  }
}

function translate(error: unknown, context: CallContext): Error {
  if (error instanceof KauntaError) return toWire(error.code, error.values, context.language)
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return toWire('INPUT_INVALID', misfit(error.cause.issues[0], context.language), context.language)
  }
  if (error instanceof ORPCError) return error
  return toWire('INTERNAL', { mark: context.report(error) }, context.language)
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  /** zod's own name of what is wrong. */
  readonly code?: string
}

/** What zod found, in the reader's language: integrators read its English, a cashier would not. */
const misfits: Readonly<Record<string, string>> = {
  too_small: 'ni kidogo au fupi mno',
  too_big: 'ni kikubwa au kirefu mno',
  invalid_type: 'haipo au si ya aina inayotakiwa',
  invalid_format: 'haijaandikwa inavyotakiwa',
  invalid_value: 'si mojawapo ya zinazokubalika',
}

function misfit(issue: Issue | undefined, language: Language): ProblemValues {
  const field = (issue?.path ?? [])
    .map((part) => String(typeof part === 'object' ? part.key : part))
    .join('.')
  const swahili = misfits[issue?.code ?? ''] ?? 'haikubaliki'
  return { field, detail: language === 'sw' ? swahili : (issue?.message ?? 'it does not fit') }
}

function toWire(code: ProblemCode, given: ProblemValues, language: Language): Error {
  const { field } = given
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(given)) if (value !== undefined) values[name] = value
  return new ORPCError(code, {
    status: problems[code].status,
    message: fill(problems[code][language], given),
    data: { ...(field === undefined ? {} : { field }), values },
  })
}
