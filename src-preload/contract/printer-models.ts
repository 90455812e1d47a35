import { z } from 'zod'
import { baudRates, codeTableNames, printerLanguages, searchMisses, searchWays } from './printer-facts.ts'

/** Width of the roll, mm. */
export const paperSchema = z.enum(['58', '80'])
export type Paper = z.infer<typeof paperSchema>

export const baudRateSchema = z.literal(baudRates)

/** How bytes reach a printer. What stands in the file may be a newer program's: only what is handed in is strict. */
const connections = {
  /** Raw TCP, usually port 9100. */
  network: z.object({
    kind: z.literal('network'),
    host: z.string().trim().min(1).max(253),
    port: z.int().min(1).max(65_535),
  }),
  /** Serial port, or the port of a paired Bluetooth printer (SPP). */
  serial: z.object({
    kind: z.literal('serial'),
    path: z
      .string()
      .trim()
      .max(200)
      .regex(/^(?:COM\d{1,3}|\/dev\/(?!.*\.\.)[\w./-]+)$/i),
    baudRate: baudRateSchema,
    flow: z.enum(['none', 'rtscts', 'xonxoff']),
  }),
  /** A device file of Linux' usblp driver, as `/dev/usb/lp0`. */
  device: z.object({
    kind: z.literal('device'),
    // Nothing but a device: whoever sets printers up is not to write into files.
    path: z
      .string()
      .trim()
      .max(200)
      .regex(/^\/dev\/(?!.*\.\.)[\w./-]+$/),
  }),
  /** USB printer class without a driver; Linux and macOS. */
  usb: z.object({
    kind: z.literal('usb'),
    vendorId: z.int().min(0).max(0xffff),
    productId: z.int().min(0).max(0xffff),
    serialNumber: z.string().max(126).nullable(),
  }),
  /** A print queue of the operating system (CUPS, Windows spooler), handed raw bytes. */
  queue: z.object({ kind: z.literal('queue'), queue: z.string().trim().min(1).max(200) }),
}
export const connectionSchema = z.discriminatedUnion('kind', [
  connections.network,
  connections.serial,
  connections.device,
  connections.usb,
  connections.queue,
])
export const connectionInputSchema = z.discriminatedUnion('kind', [
  connections.network.strict(),
  connections.serial.strict(),
  connections.device.strict(),
  connections.usb.strict(),
  connections.queue.strict(),
])
export type Connection = z.infer<typeof connectionSchema>
export type ConnectionKind = Connection['kind']

/** What must be known of a printer to drive it. */
export const printerProfileSchema = z.object({
  language: z.enum(printerLanguages),
  paper: paperSchema,
  /** Characters of Font A in one line. */
  columns: z.union([z.literal(32), z.literal(35), z.literal(42), z.literal(44), z.literal(48)]),
  /** Dots across. */
  dots: z.int().min(256).max(832).multipleOf(8),
  /** Character set, and the number this printer gives its table (`ESC t n`, Star `ESC GS t n`). */
  codeTable: z.object({
    name: z.enum(codeTableNames),
    number: z.int().min(0).max(255),
  }),
  /** native: the printer draws it · image: we do, dot by dot · none: its words are printed as text. */
  qr: z.enum(['native', 'image', 'none']),
  barcode: z.boolean(),
  cutter: z.enum(['none', 'full', 'partial']),
  /** How the printer proves that a job came out (printing facts §6): Epson process id, `GS r`, Star ASB, or not at all. */
  confirms: z.enum(['processId', 'paperQuery', 'starAsb', 'none']),
})
export type PrinterProfile = z.infer<typeof printerProfileSchema>
export const printerProfileInputSchema = printerProfileSchema
  .extend({ codeTable: printerProfileSchema.shape.codeTable.strict() })
  .strict()

export const modelSchema = z.object({
  id: z.string(),
  /** As it stands on the printer. */
  name: z.string(),
  maker: z.string(),
  profile: printerProfileSchema,
})
export type PrinterModel = z.infer<typeof modelSchema>

export const searchWaySchema = z.enum(searchWays)

export const foundPrinterSchema = z.object({
  source: searchWaySchema,
  connection: connectionSchema,
  /** What the printer or the system calls it; else its address. */
  name: z.string(),
  /** Id of the model it seems to be. */
  model: z.string().nullable(),
})
export type FoundPrinter = z.infer<typeof foundPrinterSchema>

/** One way a search went: what it brought, or why it could not be gone. */
export const triedWaySchema = z.object({
  way: searchWaySchema,
  /** Networks whose addresses were tried, as `192.168.1.0/24`; empty for other ways. */
  places: z.array(z.string()),
  found: z.int(),
  missed: z
    .object({
      why: z.enum(searchMisses),
      /** In the words of the system, for support. */
      detail: z.string(),
    })
    .nullable(),
})
export type TriedWay = z.infer<typeof triedWaySchema>
