import { oc } from '@orpc/contract'
import { z } from 'zod'
import { problems } from './errors.ts'
import { isReasonCode, type ReasonCode } from './reasons.ts'
import type { Rights } from './rights.ts'

const problemDataSchema = z.object({
  field: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})

export interface ProblemError {
  readonly status: number
  readonly message: string
  readonly data: typeof problemDataSchema
}

/** Every procedure may fail with any code of the catalogue, and with nothing else. */
function errorMap(): Record<string, ProblemError> {
  return Object.fromEntries(
    Object.entries(problems).map(([code, { status, en }]): readonly [string, ProblemError] => [
      code,
      { status, message: en, data: problemDataSchema },
    ]),
  )
}

const anyProblem = errorMap()

/** Starts a procedure with whom it needs: there is no procedure, and no default, without. */
export const procedure = { meta: (rights: Rights) => oc.$meta(rights).errors(anyProblem) }

export const reasonSchema = z.custom<ReasonCode>(isReasonCode, 'not a reason code')
