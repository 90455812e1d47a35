import { z } from 'zod'

const alignSchema = z.enum(['left', 'centre', 'right'])

/** One printed line: what the decoder saw, independent of the encoder. */
export const paperItemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('line'),
    runs: z.array(
      z.object({
        text: z.string(),
        bold: z.boolean(),
        underline: z.boolean(),
        inverse: z.boolean(),
        width: z.int().min(1).max(8),
        height: z.int().min(1).max(8),
        font: z.enum(['A', 'B']),
      }),
    ),
    align: alignSchema,
  }),
  z.object({
    kind: z.literal('qr'),
    text: z.string(),
    image: z.string().startsWith('data:image/'),
    /** On the paper, quiet zone included. */
    widthDots: z.int().optional(),
    align: alignSchema.optional(),
  }),
  z.object({ kind: z.literal('barcode'), symbology: z.string(), text: z.string() }),
  z.object({
    kind: z.literal('image'),
    widthDots: z.int(),
    heightDots: z.int(),
    image: z.string().startsWith('data:image/'),
    align: alignSchema.optional(),
  }),
  z.object({ kind: z.literal('cut'), partial: z.boolean() }),
  z.object({ kind: z.literal('drawer'), pin: z.union([z.literal(2), z.literal(5)]) }),
  z.object({ kind: z.literal('unreadable'), bytes: z.string() }),
])
export type PaperItem = z.infer<typeof paperItemSchema>
