import type { StatementReading as Reading } from '../../../src-preload/contract/reconciliation.ts'
import { useWords } from './words.ts'

/** What a list was understood to be, and its lines that could not be read. */
export function StatementReading({ reading }: { readonly reading: Reading }) {
  const { t } = useWords()
  const { unread, unreadCount } = reading
  return (
    <section className="statement-reading" aria-label={t('reconciliation.understood')}>
      <p className="quiet">
        {[
          t('reconciliation.linesIn', { count: reading.lines }),
          t('reconciliation.linesPassed', { count: reading.passed }),
          t(`reconciliation.separators.${reading.separator}`),
          t(`reconciliation.orders.${reading.dates}`),
          t(`reconciliation.marks.${reading.decimals}`),
        ].join(' · ')}
      </p>
      {unreadCount === 0 ? null : (
        <details open={unreadCount <= 10}>
          <summary className="tone-red">
            <span aria-hidden="true">! </span>
            {t('reconciliation.unreadLines', { count: unreadCount })}
          </summary>
          <ul className="unread-lines">
            {unread.map(({ line, why }) => (
              <li key={`${line} ${why}`}>
                <span className="figures">{t('reconciliation.line', { line })}</span>{' '}
                {t(`reconciliation.unread.${why}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
