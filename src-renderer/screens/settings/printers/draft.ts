import type {
  Connection,
  ConnectionKind,
  Paper,
  PrinterModel,
  PrinterProfile,
} from '../../../../src-preload/contract/printer-models.ts'
import type { Printer, PrinterInput } from '../../../../src-preload/contract/printing.ts'

export const connectionKinds = [
  'network',
  'usb',
  'serial',
  'device',
  'queue',
] as const satisfies readonly ConnectionKind[]

/** What stands in the fields of a kind before anything is typed. */
export const emptyConnection: { readonly [K in ConnectionKind]: Connection & { kind: K } } = {
  network: { kind: 'network', host: '', port: 9100 },
  serial: { kind: 'serial', path: '', baudRate: 9600, flow: 'none' },
  device: { kind: 'device', path: '/dev/usb/lp0' },
  usb: { kind: 'usb', vendorId: Number.NaN, productId: Number.NaN, serialNumber: null },
  queue: { kind: 'queue', queue: '' },
}

/** Four hexadecimal digits, as USB numbers are written; empty for none. */
export function hexOf(number: number): string {
  return Number.isNaN(number) ? '' : number.toString(16).padStart(4, '0')
}

/** Where a printer is, as a person reads it on a cable or in a list. */
export function addressOf(connection: Connection): string {
  switch (connection.kind) {
    case 'network':
      return `${connection.host}:${connection.port}`
    case 'usb':
      return `${hexOf(connection.vendorId)}:${hexOf(connection.productId)}`
    case 'queue':
      return connection.queue
    default:
      return connection.path
  }
}

/** True where both lead to one printer. */
export function isSamePlace(one: Connection, other: Connection): boolean {
  const serialOf = (connection: Connection) => (connection.kind === 'usb' ? connection.serialNumber : null)
  return one.kind === other.kind && addressOf(one) === addressOf(other) && serialOf(one) === serialOf(other)
}

const columnsOf = { '58': [32, 35, 42], '80': [48, 44, 42] } as const satisfies Readonly<
  Record<Paper, readonly PrinterProfile['columns'][]>
>

/** Widths that printers of this paper have, the usual one first. */
export function columnChoices(paper: Paper): readonly PrinterProfile['columns'][] {
  return columnsOf[paper]
}

const dotsOfLetter = 12

/** Letters of Font A are 12 dots wide (printing facts §4); a row of dots is sent in whole bytes. */
function dotsFor(columns: PrinterProfile['columns']): number {
  return Math.floor((columns * dotsOfLetter) / 8) * 8
}

/** A profile with another width of line. */
export function withColumns(profile: PrinterProfile, columns: PrinterProfile['columns']): PrinterProfile {
  return { ...profile, columns, dots: dotsFor(columns) }
}

/** A profile on another roll: the usual width of that roll. */
export function withPaper(profile: PrinterProfile, paper: Paper): PrinterProfile {
  return withColumns({ ...profile, paper }, columnsOf[paper][0])
}

/** A printer that was just chosen or typed in: no work yet, so that saving it for a trial moves no receipt. */
export function draftOf(name: string, connection: Connection, model: PrinterModel): PrinterInput {
  return {
    name,
    connection,
    model: model.id,
    profile: model.profile,
    receipts: false,
    drawer: false,
    drawerPin: 2,
    drawerOnCash: true,
    drawerOpenHigh: null,
    fallbackId: null,
    tickets: { lines: 'none', words: [] },
  }
}

/** A saved printer as the form takes it. */
export function inputOf({ id: _id, ...input }: Printer): PrinterInput {
  return input
}
