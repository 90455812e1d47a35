import type { Transfer } from '../../../src-preload/contract/transfers.ts'
import { SettleForm } from '../../components/settle-form.tsx'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

export type TransferOutcome = 'done' | 'notDone'

interface SettleTransferProps {
  readonly transfer: Transfer
  readonly chosen: TransferOutcome | null
  readonly onChoose: (outcome: TransferOutcome) => void
  readonly onDone: () => void
}

/** A manager says whether money that left, or did not, got there. */
export function SettleTransfer({ transfer, chosen, onChoose, onDone }: SettleTransferProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  return (
    <SettleForm
      legend={t('transfers.decideTitle')}
      choices={[
        {
          value: 'done',
          label: t('transfers.done'),
          letter: 'D',
          notes: [t('transfers.notes.sawMessage'), t('transfers.notes.onStatement')],
        },
        {
          value: 'notDone',
          label: t('transfers.notDone'),
          letter: 'U',
          notes: [t('transfers.notes.noMessage'), t('transfers.notes.notOnStatement')],
        },
      ]}
      chosen={chosen}
      onChoose={onChoose}
      asksPin
      submitLabel={t('decide.keep')}
      settle={({ outcome, note, managerPin }) =>
        client.transfers.decide({ id: transfer.id, outcome, note, managerPin: managerPin ?? '' })
      }
      onDone={onDone}
    />
  )
}
