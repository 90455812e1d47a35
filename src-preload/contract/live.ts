import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { messageSchema } from './messaging.ts'
import { outboxSummarySchema } from './outbox.ts'
import { idSchema, sentenceSchema } from './paging.ts'
import { noticeSchema, paymentSchema } from './payments.ts'
import { printerStatusSchema, printJobSchema } from './printing.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { capabilitySchema } from './providers.ts'
import { saleSchema } from './receipts.ts'
import { deskSchema } from './staff.ts'
import { epochMsSchema } from './time.ts'
import { transferSchema } from './transfers.ts'

export const statusSchema = z.object({
  mode: z.enum(['practice', 'live']),
  version: z.string(),
  dataFolder: z.string(),
  /** What the providers' calls show: true after one got through, false after one could not leave. */
  online: z.boolean(),
  /** `memory`: no keychain could be reached, secrets last until Kaunta closes. */
  keychain: z.enum(['system', 'memory', 'practice']),
  /** Why, and what to do about it; null when all is well. */
  keychainDetail: sentenceSchema.nullable(),
  /** What this start found unfinished; null when nothing was. */
  recovered: z
    .object({ at: epochMsSchema, waiting: z.int(), unknown: z.int(), uncleanEnd: z.boolean() })
    .nullable(),
  outbox: outboxSummarySchema,
  /** Accounts that only a person can set going again: a refused key, no credit, a phone that is not linked. */
  stops: z.array(
    z.object({
      accountId: idSchema,
      capability: capabilitySchema,
      reason: reasonSchema,
      since: epochMsSchema,
      /** What stands in its line. */
      waiting: z.int(),
    }),
  ),
  /** Money that is not certain, whoever has to look: payments, transfers, and customers' own payments without a sale. */
  money: z.object({ unknown: z.int(), transfers: z.int(), overpaid: z.int(), notices: z.int() }),
  /** Things a manager must see (damaged file found in the background, disk nearly full). */
  warnings: z.array(sentenceSchema),
})
export type Status = z.infer<typeof statusSchema>

/** One change, with the whole row as it is now, so that a screen needs no second question. */
export const changeSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('sale'), sale: saleSchema }),
  z.object({ topic: z.literal('message'), message: messageSchema }),
  z.object({ topic: z.literal('payment'), payment: paymentSchema }),
  z.object({ topic: z.literal('notice'), notice: noticeSchema }),
  z.object({ topic: z.literal('transfer'), transfer: transferSchema }),
  z.object({ topic: z.literal('unread') }),
  z.object({ topic: z.literal('desk'), desk: deskSchema }),
  z.object({ topic: z.literal('reconciliation'), id: idSchema }),
  z.object({ topic: z.literal('printJob'), printJob: printJobSchema }),
  z.object({ topic: z.literal('printerStatus'), printerStatus: printerStatusSchema }),
  z.object({ topic: z.literal('status'), status: statusSchema }),
  z.object({ topic: z.literal('accounts') }),
  z.object({ topic: z.literal('settings') }),
])
export type Change = z.infer<typeof changeSchema>
export type Topic = Change['topic']
export const topics: readonly Topic[] = changeSchema.options.map(({ shape }) => shape.topic.value)

/** A number left out: this screen was too slow, and must ask anew for all that it shows. */
export const numberedChangeSchema = z.object({ number: z.int(), change: changeSchema })

export const live = {
  status: procedure.meta({ role: 'open', passive: true }).output(statusSchema),
  /** Status and desk at once, then every change after its commit, numbered from 1 in each stream. */
  watch: procedure.meta({ role: 'open', passive: true }).output(eventIterator(numberedChangeSchema)),
}
