import type { Printer } from '../../../../src-preload/contract/printing.ts'
import type { useWords } from '../words.ts'

/** What a printer is for, in words; one that has no work says so. */
export function usesOf(
  printer: Printer,
  printers: readonly Printer[],
  t: ReturnType<typeof useWords>['t'],
): string[] {
  const { receipts, tickets, id } = printer
  const uses = [
    ...(receipts ? [t('settings.printers.uses.receipts')] : []),
    ...(tickets.lines === 'all' ? [t('settings.printers.uses.ticketsAll')] : []),
    ...(tickets.lines === 'matching'
      ? [t('settings.printers.uses.ticketsMatching', { words: tickets.words.join(', ') })]
      : []),
    ...printers
      .filter(({ fallbackId }) => fallbackId === id)
      .map(({ name }) => t('settings.printers.uses.standsInFor', { name })),
  ]
  return uses.length === 0 ? [t('settings.printers.uses.nothing')] : uses
}
