import { oc } from '@orpc/contract'
import { z } from 'zod'
import { isReasonCode, type ReasonCode } from './reasons.ts'
import type { Rights } from './rights.ts'

/** Starts a procedure with whom it needs: there is no procedure, and no default, without. */
export const procedure = { meta: (rights: Rights) => oc.$meta(rights) }

export const reasonSchema = z.custom<ReasonCode>(isReasonCode, 'not a reason code')
