/*
 * What both sides must agree on about printers. Apart from the schemas, so that the page can use it without carrying
 * their library.
 */

/** Bits a second of a serial line. */
export const baudRates = [9600, 19_200, 38_400, 57_600, 115_200] as const

/** IPv4 subnet as `192.168.1.0/24`, at most 1,024 addresses. */
export const subnetPattern = /^(\d{1,3}\.){3}\d{1,3}\/(2[2-9]|3[0-2])$/

/** How printers are looked for, in the order in which it is told. */
export const searchWays = ['practice', 'usb', 'device', 'queue', 'serial', 'announced', 'network'] as const

/**
 * Why a way could not be gone. noService: this computer has nothing that lists them · portTaken: another program holds
 * the port of announcements · incomplete: not every address was tried · practising: the real network is left alone
 */
export const searchMisses = [
  'noService',
  'forbidden',
  'portTaken',
  'late',
  'incomplete',
  'notPrivate',
  'noNetwork',
  'practising',
  'failed',
] as const

export const printerLanguages = ['escpos', 'starprnt'] as const
type PrinterLanguage = (typeof printerLanguages)[number]

/** `ascii`: letters beyond it are folded to plain ones, for a printer none of whose tables reads right. */
export const codeTableNames = ['windows1252', 'cp437', 'cp850', 'cp858', 'ascii'] as const

/** Character set, and the number a printer gives its table (`ESC t n`, Star `ESC GS t n`). */
export interface CodeTable {
  readonly name: (typeof codeTableNames)[number]
  readonly number: number
}

/** Numbers that printers usually give these tables: `ESC t n` and StarPRNT's `ESC GS t n` (printing facts §3). */
const usualTables: Readonly<Record<PrinterLanguage, readonly CodeTable[]>> = {
  escpos: [
    { name: 'windows1252', number: 16 },
    { name: 'cp437', number: 0 },
    { name: 'cp850', number: 2 },
    { name: 'cp858', number: 19 },
  ],
  starprnt: [
    { name: 'windows1252', number: 32 },
    { name: 'cp437', number: 1 },
    { name: 'cp858', number: 4 },
  ],
}

/** Nothing beyond plain letters; the number is one that any printer has. */
export function plainTable(language: PrinterLanguage): CodeTable {
  return { name: 'ascii', number: language === 'escpos' ? 0 : 1 }
}

/** The code tables that the test page shows, in its order: the printer's own first, each once. */
export function tablesOnPage(profile: {
  readonly language: PrinterLanguage
  readonly codeTable: CodeTable
}): CodeTable[] {
  const { language, codeTable } = profile
  const others = usualTables[language].filter(
    ({ name, number }) => name !== codeTable.name || number !== codeTable.number,
  )
  return codeTable.name === 'ascii' ? others : [codeTable, ...others]
}

/** As it stands before its line on the test page. */
export function codeTableLabel({ name, number }: CodeTable): string {
  return name === 'ascii' ? 'ASCII' : `${name} ${number}`
}
