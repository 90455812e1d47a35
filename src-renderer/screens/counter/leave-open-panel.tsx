import { useTranslation } from 'react-i18next'
import { SettleForm } from '../../components/settle-form.tsx'
import { useIsManager } from '../../components/use-staff.ts'
import type { Desk } from './use-desk.ts'

/** A payment is not known, and the customer cannot wait: a manager may let the sale go, and is told when it turns out paid. */
export default function LeaveOpenPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation()
  const manager = useIsManager()
  return (
    <section className="panel" aria-label={t('leaveOpen.title')}>
      <h2>{t('leaveOpen.title')}</h2>
      <p>{t('leaveOpen.explain')}</p>
      <SettleForm
        legend={t('leaveOpen.title')}
        choices={[
          {
            value: 'leave',
            label: t('leaveOpen.go'),
            notes: [t('leaveOpen.notes.cash'), t('leaveOpen.notes.trusted'), t('leaveOpen.notes.comesBack')],
          },
        ]}
        chosen="leave"
        onChoose={() => undefined}
        asksPin={!manager}
        submitLabel={t('leaveOpen.go')}
        settle={({ note, managerPin }) => desk.finishOpen({ note, managerPin })}
        onDone={() => desk.setPanel('none')}
      />
    </section>
  )
}
