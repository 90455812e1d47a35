import { useState } from 'react'
import { type SettleChoice, SettleForm } from '../../components/settle-form.tsx'
import { useIsManager } from '../../components/use-staff.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { LeaveOpen } from './use-finish.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

/** The customer goes without having paid: owed on a manager's word, or it was cash after all. */
export default function LeaveOpenPanel({ workspace }: { readonly workspace: SaleWorkspace }) {
  const { t } = useWords()
  const manager = useIsManager()
  const [chosen, setChosen] = useState<LeaveOpen['rest']>('owed')
  const unknown = workspace.history.payments.some(({ state }) => state === 'unknown')
  const choices: readonly SettleChoice<LeaveOpen['rest']>[] = [
    {
      value: 'owed',
      label: t('leaveOpen.owed'),
      letter: 'D',
      notes: [
        ...(unknown ? [t('leaveOpen.notes.waits')] : []),
        t('leaveOpen.notes.comesBack'),
        t('leaveOpen.notes.trusted'),
      ],
    },
    { value: 'cash', label: t('leaveOpen.cash'), letter: 'C', notes: [t('leaveOpen.notes.cash')] },
  ]
  const title = t(unknown ? 'leaveOpen.titleUnknown' : 'leaveOpen.title')
  return (
    <section className="panel" aria-label={title} data-testid="leave-open">
      <h2>{title}</h2>
      <p>
        {t('leaveOpen.explain')} {unknown ? t('leaveOpen.explainUnknown') : null}
      </p>
      <SettleForm
        legend={title}
        choices={choices}
        chosen={chosen}
        onChoose={setChosen}
        asksPin={!manager}
        submitLabel={t('leaveOpen.go')}
        settle={({ outcome, note, managerPin }) => workspace.finishOpen({ rest: outcome, note, managerPin })}
        onDone={() => workspace.setPanel('none')}
      />
    </section>
  )
}
