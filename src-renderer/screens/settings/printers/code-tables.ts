import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'
import type { CodeTable } from './draft.ts'

/**
 * The lines of letters on the test page, by the numbers that printers usually give their tables: `ESC t n`, and StarPRNT's
 * `ESC GS t n` (printing facts §3).
 */
const usual: Readonly<Record<PrinterProfile['language'], readonly CodeTable[]>> = {
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

/** As it stands before the line on the test page. */
export function labelOf({ name, number }: CodeTable): string {
  return `${name} ${number}`
}

/** Every table the test page prints for this profile, in the paper's order: the printer's own first. */
export function tablesOnPage({ language, codeTable }: PrinterProfile): CodeTable[] {
  return [codeTable, ...usual[language].filter((table) => labelOf(table) !== labelOf(codeTable))]
}

/** What any printer has at its number 0 or 1: letters beyond it are folded to plain ones. */
export function plainTable(language: PrinterProfile['language']): CodeTable {
  return { name: 'cp437', number: language === 'escpos' ? 0 : 1 }
}
