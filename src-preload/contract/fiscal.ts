import { z } from 'zod'
import { epochMsSchema } from './time.ts'

const short = z.string().trim().min(1).max(64)

/**
 * What a certified fiscal device or service answered for a sale. Kaunta prints it and makes none of it up.
 * Sources of the fields: printing facts §10 (TRA's page of a verified receipt; KRA's list of an eTIMS invoice).
 */
export const fiscalSchema = z.discriminatedUnion('kind', [
  /** Tanzania: TRA VFD. */
  z.strictObject({
    kind: z.literal('traVfd'),
    /** RCTVNUM: receipt code of the registration, then the running number. */
    verificationCode: short,
    /** Address that the QR holds: TRA's page, the code, `_` and HHMMSS. */
    qr: z.string().max(300),
    receiptNumber: short,
    zNumber: short,
    uin: short,
    serial: short,
    taxOffice: z.string().trim().max(64).default(''),
    vrn: z.string().trim().max(32).default(''),
    /** TIN of whom it was sold to. */
    buyerTin: z.string().trim().max(32).default(''),
    issuedAt: epochMsSchema,
  }),
  /** Kenya: KRA eTIMS. */
  z.strictObject({
    kind: z.literal('kraEtims'),
    /** Serial number of the control unit. */
    controlUnit: short,
    invoiceNumber: short,
    internalData: z.string().trim().max(64).default(''),
    signature: z.string().trim().max(64).default(''),
    buyerPin: z.string().trim().max(16).default(''),
    /** Address that the QR holds: KRA's page with PIN (11), branch (2) and signature (16). */
    qr: z.string().max(300),
    issuedAt: epochMsSchema,
  }),
])
export type Fiscal = z.infer<typeof fiscalSchema>
