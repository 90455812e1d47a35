import type { PrinterStatus } from '../../../../src-preload/contract/printing.ts'
import { printerCondition, printerConditions, whyNotPrinting } from '../../../components/status-printer.ts'
import { useReason } from '../../../components/use-sentences.ts'
import { useWording } from '../../../components/use-wording.ts'
import { useWords } from '../words.ts'

interface PrinterStatusProps {
  readonly status: PrinterStatus | undefined
  /** With what to do, and when it was asked. */
  readonly whole?: boolean
}

/** How a printer is: word, shape and colour together; ready only by its own word. */
export function PrinterStatusMark({ status, whole = false }: PrinterStatusProps) {
  const { t } = useWords()
  const { time } = useWording()
  const reason = useReason()
  const condition = printerCondition(status)
  const { shape, tone } = printerConditions[condition]
  const why = whyNotPrinting(status)
  return (
    <>
      <span className={`status tone-${tone}`}>
        <span aria-hidden="true" className="status-shape">
          {shape}
        </span>
        <span className="status-word">{t(`counter.printers.${condition}`)}</span>
      </span>
      {whole && status !== undefined ? (
        <span className="quiet"> · {t('settings.printers.asked', { time: time(status.at) })}</span>
      ) : null}
      {status?.drawerOpen === true ? (
        <span className="tone-amber"> · ▭ {t('counter.drawerOpen')}</span>
      ) : null}
      {whole && why !== null ? <p className={`tone-${tone}`}>{reason(why)}</p> : null}
    </>
  )
}
