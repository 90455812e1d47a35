import { z } from 'zod'
import { eventPageSchema, eventStreamSchema } from './events.ts'
import { fiscalSchema } from './fiscal.ts'
import { askedPaymentSchema, handedOverSaleSchema, takenSaleSchema } from './handed-over.ts'
import { messageCharsMax } from './limits.ts'
import { channelSchema, messageFormSchema, messageSchema } from './messaging.ts'
import { effectListInputSchema, effectSchema } from './outbox.ts'
import { idSchema, languageSchema, pageOf } from './paging.ts'
import { paymentEventsSchema, paymentSchema } from './payments.ts'
import { typedPhoneSchema } from './phone.ts'
import { printJobSchema, receiptFileSchema } from './printing.ts'
import type { Problems } from './problem.ts'
import { procedure } from './procedure.ts'
import { saleSchema } from './receipts.ts'

const idempotencyHeaders = z.object({
  /**
   * Chosen by the caller, 1 to 128 characters, bare or in one pair of quotes. The same key and body answer the same;
   * another body is refused.
   */
  'idempotency-key': z
    .string()
    .overwrite((key) => /^"(.*)"$/.exec(key)?.[1] ?? key)
    .min(1)
    .max(128),
})
const pathId = z.strictObject({ id: idSchema })
/** A misspelt parameter is refused: dropped, it would answer something else than was asked. */
const noQuery = z.strictObject({}).optional()

/** What the shop's POS and its accountant may call: the REST door serves exactly this, below /api/v1. */
export const integration = {
  createSale: procedure
    .meta({ role: 'integration', scope: 'sales', passive: false })
    .route({
      method: 'POST',
      path: '/sales',
      tags: ['sales'],
      summary:
        'Hand over a sale: it gets its receipt number; with its time, tenders and the POS’s own number',
      inputStructure: 'detailed',
      successStatus: 201,
    })
    .input(z.object({ headers: idempotencyHeaders, query: noQuery, body: handedOverSaleSchema }))
    .output(takenSaleSchema),
  getSale: procedure
    .meta({ role: 'integration', scope: 'sales', passive: true })
    .route({ method: 'GET', path: '/sales/{id}', tags: ['sales'], summary: 'Read a sale' })
    .input(pathId)
    .output(saleSchema),
  setFiscal: procedure
    .meta({ role: 'integration', scope: 'sales', passive: false })
    .route({
      method: 'PUT',
      path: '/sales/{id}/fiscal',
      tags: ['sales'],
      summary: 'Hand over what the fiscal device answered, before the receipt is printed',
      inputStructure: 'detailed',
    })
    .input(z.object({ params: pathId, query: noQuery, body: fiscalSchema }))
    .output(saleSchema),
  printReceipt: procedure
    .meta({ role: 'integration', scope: 'sales', passive: false })
    .route({
      method: 'POST',
      path: '/sales/{id}/print',
      tags: ['sales'],
      summary: 'Print the receipt of a sale; the second time it is a copy',
      inputStructure: 'detailed',
      successStatus: 202,
    })
    .input(
      z.object({
        params: pathId,
        headers: idempotencyHeaders,
        query: noQuery,
        body: z.strictObject({ language: languageSchema.optional() }).default({}),
      }),
    )
    .output(printJobSchema),
  getPrint: procedure
    .meta({ role: 'integration', scope: 'sales', passive: true })
    .route({ method: 'GET', path: '/prints/{id}', tags: ['sales'], summary: 'Read what became of a print' })
    .input(pathId)
    .output(printJobSchema),
  getReceiptFile: procedure
    .meta({ role: 'integration', scope: 'sales', passive: true })
    .route({
      method: 'GET',
      path: '/sales/{id}/receipt',
      tags: ['sales'],
      summary: 'The receipt as PDF, HTML or text (base64)',
    })
    .input(
      pathId.extend({
        format: z.enum(['pdf', 'html', 'text']).default('pdf'),
        language: languageSchema.optional(),
      }),
    )
    .output(receiptFileSchema),
  sendMessage: procedure
    .meta({ role: 'integration', scope: 'messages', passive: false })
    .route({
      method: 'POST',
      path: '/messages',
      tags: ['messages'],
      summary: 'Send a message, or the receipt of a sale',
      inputStructure: 'detailed',
      successStatus: 202,
    })
    .input(
      z.object({
        headers: idempotencyHeaders,
        query: noQuery,
        body: z.strictObject({
          to: typedPhoneSchema,
          channel: channelSchema,
          language: languageSchema.optional(),
          /** Left out: the receipt template of the sale. */
          text: z.string().max(messageCharsMax).optional(),
          saleId: idSchema.optional(),
          /** Left out: text. No default, so that a request from before this existed stays the same request. */
          as: messageFormSchema.optional(),
        }),
      }),
    )
    .output(messageSchema),
  getMessage: procedure
    .meta({ role: 'integration', scope: 'messages', passive: true })
    .route({ method: 'GET', path: '/messages/{id}', tags: ['messages'], summary: 'Read a message' })
    .input(pathId)
    .output(messageSchema),
  raisePayment: procedure
    .meta({ role: 'integration', scope: 'payments', passive: false })
    .route({
      method: 'POST',
      path: '/payments',
      tags: ['payments'],
      summary: 'Ask a customer’s phone to pay',
      inputStructure: 'detailed',
      successStatus: 202,
    })
    .input(z.object({ headers: idempotencyHeaders, query: noQuery, body: askedPaymentSchema }))
    .output(paymentSchema),
  getPayment: procedure
    .meta({ role: 'integration', scope: 'payments', passive: true })
    .route({ method: 'GET', path: '/payments/{id}', tags: ['payments'], summary: 'Read a payment' })
    .input(pathId)
    .output(paymentSchema),
  watchPayment: procedure
    .meta({ role: 'integration', scope: 'payments', passive: true })
    .route({
      method: 'GET',
      path: '/payments/{id}/events',
      tags: ['payments'],
      summary: 'Follow a payment (text/event-stream)',
    })
    .input(pathId)
    .output(paymentEventsSchema),
  listEvents: procedure
    .meta({ role: 'integration', scope: null, passive: true })
    .route({
      method: 'GET',
      path: '/events',
      tags: ['events'],
      summary: 'What happened after a number, oldest first: ids and states, of what this key may read',
    })
    .input(
      z.strictObject({
        /** The `next` of the page before; left out: from the oldest event that is still there. */
        after: z.coerce.number().int().min(0).optional(),
        /** Of the page before: refused where numbers mean other events since. */
        epoch: z.coerce.number().int().min(1).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(eventPageSchema),
  watchEvents: procedure
    .meta({ role: 'integration', scope: null, passive: true })
    .route({
      method: 'GET',
      path: '/events/stream',
      tags: ['events'],
      summary: 'Follow what happens (text/event-stream); Last-Event-ID goes on after an event',
    })
    .input(z.strictObject({}))
    .output(eventStreamSchema),
  listOutbox: procedure
    .meta({ role: 'integration', scope: 'outbox', passive: true })
    .route({
      method: 'GET',
      path: '/outbox',
      tags: ['outbox'],
      summary: 'List what is unsent, or everything',
    })
    .input(effectListInputSchema.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(pageOf(effectSchema)),
}

export const integrationProblems = {
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    en: 'The header Idempotency-Key is missing. Send one of your own for every new request, and the same one to repeat it.',
    sw: 'Kichwa cha Idempotency-Key hakipo. Tuma chako kipya kwa kila ombi jipya, na kile kile ukirudia ombi.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    en: 'This Idempotency-Key was already used with another body. Use a new key for a new request.',
    sw: 'Idempotency-Key hii imeshatumika na maudhui mengine. Tumia mpya kwa ombi jipya.',
  },
  EVENTS_GONE: {
    status: 410,
    en: 'These events are no longer there, or the data was put back from a copy. Read what you need anew, then go on from {oldest}.',
    sw: 'Matukio haya hayapo tena, au data imerudishwa kutoka nakala. Soma upya unachohitaji, kisha endelea kuanzia {oldest}.',
  },
} as const satisfies Problems
