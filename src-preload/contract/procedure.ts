import { oc } from '@orpc/contract'
import { z } from 'zod'
import { type ProblemCode, problems } from './errors.ts'
import { isReasonCode, type ReasonCode } from './reasons.ts'

const problemDataSchema = z.object({
  field: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

type ProblemErrors = {
  [Code in ProblemCode]: { status: number; message: string; data: typeof problemDataSchema }
}

/** Every procedure may fail with any code of the catalogue, and with nothing else. */
function errorMap(): ProblemErrors {
  const entries = Object.entries(problems).map(([code, problem]) => [
    code,
    { status: problem.status, message: problem.en, data: problemDataSchema },
  ])
  return Object.fromEntries(entries)
}

export const procedure = oc.errors(errorMap())

export const reasonSchema = z.custom<ReasonCode>(isReasonCode, 'not a reason code')
