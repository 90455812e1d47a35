import { z } from 'zod'
import { nothing } from './capability.ts'
import { customerSchema } from './customers.ts'
import { messageSchema } from './messaging.ts'
import { paymentSchema } from './payments.ts'
import { procedure } from './procedure.ts'
import { saleSchema } from './receipts.ts'

export const search = {
  /** By phone, name, receipt number or payment code; a few of each kind, newest first. */
  everything: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ text: z.string().max(80) }))
    .output(
      z.object({
        customers: z.array(customerSchema),
        sales: z.array(saleSchema),
        messages: z.array(messageSchema),
        payments: z.array(paymentSchema),
      }),
    ),
}

export const searchContract = {
  ...nothing,
  procedures: { search },
}
