import { printerCondition, printerConditions, whyNotPrinting } from '../../components/status-printer.ts'
import { useReceiptPrinter } from '../../components/use-printer.ts'
import { useReason } from '../../components/use-sentences.ts'
import { useWords } from '../../i18n/use-words.ts'

/** How the printer of receipts is, in shape and word; ready only by its own word. */
export function PrinterState() {
  const { t } = useWords()
  const { printer, status } = useReceiptPrinter()
  if (printer === undefined) return null
  if (printer === null) return t('counter.printNone')
  const condition = printerCondition(status)
  const { shape, tone } = printerConditions[condition]
  return (
    <span className={`tone-${tone}`} data-testid="printer-state">
      <span aria-hidden="true">{shape} </span>
      {t(`counter.printers.${condition}`)}
    </span>
  )
}

/** One calm line while the printer cannot print: why, what to do, and who stands in; else, that the drawer stands open. */
export function PrinterNote() {
  const { t } = useWords()
  const reason = useReason()
  const { printer, status, standIn } = useReceiptPrinter()
  const why = printer === undefined || printer === null ? null : whyNotPrinting(status)
  return (
    <p className="printer-note" role="status">
      {why === null && status?.drawerOpen === true ? (
        <span className="tone-amber">▭ {t('counter.drawerOpen')}</span>
      ) : null}
      {why === null ? null : (
        <>
          <span aria-hidden="true">! </span>
          {reason(why)}
          {standIn === null ? null : <strong> {t('counter.standIn', { printer: standIn })}</strong>}
        </>
      )}
    </p>
  )
}
