import type { ErrorMap, Meta } from '@orpc/contract'
import { ORPCError, type ProcedureClientInterceptorOptions, ValidationError } from '@orpc/server'
import { restBodyBytesMax } from '../../src-preload/contract/limits.ts'
import { problemWords } from '../../src-preload/contract/misfits.ts'
import type { ProblemValues } from '../../src-preload/contract/problem.ts'
import { type ProblemCode, problems } from '../../src-preload/contract/problems.ts'
import { rightsSchema } from '../../src-preload/contract/rights.ts'
import type { CallContext } from '../implement.ts'
import { type Issue, misfitOf } from '../misfit.ts'
import { KauntaError } from '../problem.ts'
import { sift } from './damaged.ts'
import { refusalSentence } from './refusal-sentence.ts'

type Call = ProcedureClientInterceptorOptions<CallContext, ErrorMap, Meta>
/** One call on its way in; `next` makes it, changed or as it is. */
export type GuardedCall = Call & { next(changed?: Call): Promise<unknown> }

/**
 * Stands between every procedure and every door. Who asks is judged before the call is made, and a
 * stream ends with the stay of whoever opened it, or with the key. Whatever a
 * handler throws leaves as one code of the catalogue, an unforeseen error as INTERNAL with a mark and nothing else.
 */
export async function guardCall({ next, ...call }: GuardedCall): Promise<unknown> {
  const { context, procedure } = call
  try {
    const needs = rightsSchema.parse(procedure['~orpc'].meta)
    context.admit(needs)
    const until = context.until(needs)
    if (until === null) return await context.within(() => next())
    return await callUntil(until, { next, ...call })
  } catch (error) {
    if (!isMisfitOutput(error)) throw translate(error, context)
    return await answerWithout(error.cause, call)
  }
}

/** Makes a call that ends when `until` does; only a stream outlives its call. Nothing of it stays on the signal afterwards. */
async function callUntil(until: AbortSignal, { next, ...call }: GuardedCall): Promise<unknown> {
  const ends = new AbortController()
  const end = () => ends.abort(translate(until.reason, call.context))
  const forget = () => until.removeEventListener('abort', end)
  until.addEventListener('abort', end, { once: true })
  const signal = call.signal === undefined ? ends.signal : AbortSignal.any([call.signal, ends.signal])
  try {
    const answer = await call.context.within(() => next({ ...call, signal }))
    if (isStream(answer)) return thenForget(answer, forget)
    forget()
    return answer
  } catch (error) {
    forget()
    throw error
  }
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return Symbol.asyncIterator in Object(answer)
}

async function* thenForget(stream: AsyncIterable<unknown>, forget: () => void) {
  try {
    yield* stream
  } finally {
    forget()
  }
}

type MisfitOutput = ORPCError<string, unknown> & { readonly cause: ValidationError }

function isMisfitOutput(error: unknown): error is MisfitOutput {
  return (
    error instanceof ORPCError &&
    error.code === 'INTERNAL_SERVER_ERROR' &&
    error.cause instanceof ValidationError
  )
}

/** An answer that its own schema refuses: a damaged row is left out and told under a mark, the others are shown. */
async function answerWithout(
  { issues, data }: ValidationError,
  { context, procedure }: Call,
): Promise<unknown> {
  const schema = procedure['~orpc'].outputSchema
  const sifted = sift(issues, data)
  const mark = context.reportDamage(
    sifted?.damaged ?? [],
    issues.map(({ path, message }) => `${(path ?? []).map(String).join('.')}: ${message}`),
  )
  const shown = sifted === null ? undefined : await schema?.['~standard'].validate(sifted.output)
  if (shown === undefined || shown.issues !== undefined) throw toWire('ROW_DAMAGED', { mark }, context)
  const answer: unknown = shown.value
  if (typeof answer === 'object' && answer !== null && 'rows' in answer) {
    Reflect.set(answer, 'damaged', sifted?.damaged)
  }
  return answer
}

/** What a door could not even read of a call; what a procedure answered passes as it is. */
export function unreadable(error: unknown, context: CallContext): Error {
  if (!(error instanceof ORPCError)) return toWire('BODY_UNREADABLE', {}, context)
  return isProblemCode(error.code) || error.code !== 'PAYLOAD_TOO_LARGE'
    ? error
    : toWire('BODY_TOO_LARGE', { limit: restBodyBytesMax }, context)
}

/** The problem that a schema names for a misfit of its own, else what zod found. */
function refusal(issues: readonly Issue[], context: CallContext): Error {
  const named = issues.map(({ params }) => params?.problem).find(isProblemCode)
  if (named !== undefined) return toWire(named, {}, context)
  const found = issues.map(misfitOf)
  const keyless = found.find(({ field }) => field === 'headers.idempotency-key')
  if (keyless?.misfit === 'missing' || keyless?.misfit === 'tooShort')
    return toWire('IDEMPOTENCY_KEY_MISSING', { field: 'headers.idempotency-key' }, context)
  return toWire('INPUT_INVALID', misfitOf(issues[0]), context)
}

function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && value in problems
}

/** The file itself refused a second one of what may be there once. */
function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    /^SQLITE_CONSTRAINT_(?:UNIQUE|PRIMARYKEY|TRIGGER)$/.test(String(error.code))
  )
}

function translate(error: unknown, context: CallContext): Error {
  if (error instanceof KauntaError) return toWire(error.code, error.values, context)
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && error.cause instanceof ValidationError) {
    return refusal(error.cause.issues, context)
  }
  if (error instanceof ORPCError) return error
  if (isTaken(error)) {
    context.report(error)
    return toWire('TAKEN_MEANWHILE', {}, context)
  }
  return toWire('INTERNAL', { mark: context.report(error) }, context)
}

/** A screen is told in both languages, so that it follows a change of language. */
function toWire(code: ProblemCode, given: ProblemValues, { language, caller }: CallContext): Error {
  const { field } = given
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(given)) if (value !== undefined) values[name] = value
  return new ORPCError(code, {
    defined: true,
    status: problems[code].status,
    message: problemWords(code, given, language),
    data: {
      ...(field === undefined ? {} : { field }),
      values,
      ...(caller.kind === 'screen' ? { sentence: refusalSentence(code, given) } : {}),
    },
  })
}
