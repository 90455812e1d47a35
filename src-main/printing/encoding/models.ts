import type { PrinterModel, PrinterProfile } from '../../../src-preload/contract/printer-models.ts'

/** ESC/POS on 80 mm: Windows-1252 is table 16 in eight of the nine printer families (printing facts §3). */
const wide: PrinterProfile = {
  language: 'escpos',
  paper: '80',
  columns: 48,
  dots: 576,
  codeTable: { name: 'windows1252', number: 16 },
  qr: 'native',
  barcode: true,
  cutter: 'partial',
  confirms: 'paperQuery',
}

const narrow: PrinterProfile = { ...wide, paper: '58', columns: 32, dots: 384, cutter: 'none' }

/** TM-T88 class: 180 dpi, 42 characters in 512 dots (community profiles, printing facts §4). */
const epson42: PrinterProfile = { ...wide, columns: 42, dots: 512, confirms: 'processId' }

/** Windows-1252 is table 32 in StarPRNT (the encoder library's Star tables). */
const star: PrinterProfile = {
  ...wide,
  language: 'starprnt',
  codeTable: { name: 'windows1252', number: 32 },
  confirms: 'starAsb',
}

const narrowStar: PrinterProfile = { ...star, paper: '58', columns: 32, dots: 384 }

function model(id: string, maker: string, name: string, profile: PrinterProfile): PrinterModel {
  return { id, maker, name, profile }
}

/**
 * Printer models as data: columns, dots, cutters and code tables of the community's profiles
 * (github.com/receipt-print-hq/escpos-printer-db) and of the encoder library's definitions; printing facts §4.
 */
export const printerModels: readonly PrinterModel[] = [
  model('generic-80', 'Generic', '80 mm', wide),
  model('generic-58', 'Generic', '58 mm', narrow),
  model('epson-tm-t20iii', 'Epson', 'TM-T20III', { ...wide, confirms: 'processId' }),
  model('epson-tm-t88v', 'Epson', 'TM-T88V', epson42),
  model('epson-tm-t88vi', 'Epson', 'TM-T88VI', epson42),
  model('epson-tm-m30iii', 'Epson', 'TM-m30III', { ...wide, confirms: 'processId' }),
  // A tear bar instead of a blade (unconfirmed): feeding is harmless where there is one.
  model('epson-tm-p20ii', 'Epson', 'TM-P20II', { ...narrow, confirms: 'processId' }),
  model('xprinter-xp-n160ii', 'Xprinter', 'XP-N160II', wide),
  model('xprinter-xp-t80q', 'Xprinter', 'XP-T80Q', wide),
  model('pos-5890', 'Zjiang', 'POS-5890', narrow),
  // The community's profile knows no native QR of it.
  model('zj-5870', 'Zjiang', 'ZJ-5870', { ...narrow, qr: 'image' }),
  // 42 columns by its profile; the dots are not documented, and 504 are what 42 characters of 12 dots need.
  model('rongta-rp326', 'Rongta', 'RP326', { ...wide, columns: 42, dots: 504 }),
  model('sunmi', 'Sunmi', 'V2 / P2', narrow),
  model('pos-8360', 'Zjiang', 'POS-8360', wide),
  // It has no Windows-1252; table 2 is CP850 (the encoder library's `mpt` tables).
  model('mpt-ii', 'MPT', 'MPT-II', { ...wide, codeTable: { name: 'cp850', number: 2 }, cutter: 'none' }),
  model('star-tsp143iv', 'Star', 'TSP143IV', star),
  // Star Line Mode by the encoder's table; the library and this code send the same bytes in both.
  model('star-tsp654ii', 'Star', 'TSP654II', star),
  model('star-mc-print3', 'Star', 'mC-Print3', star),
  model('star-mc-print2', 'Star', 'mC-Print2', narrowStar),
  model('star-mpop', 'Star', 'mPOP', narrowStar),
]
