import type { CodeTable } from '../../../../src-preload/contract/printer-facts.ts'
import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'

/** What any printer has at its number 0 or 1: letters beyond it are folded to plain ones. */
export function plainTable(language: PrinterProfile['language']): CodeTable {
  return { name: 'cp437', number: language === 'escpos' ? 0 : 1 }
}
