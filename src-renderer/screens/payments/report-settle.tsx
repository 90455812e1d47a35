import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { UnreadReport } from '../../../src-preload/contract/payments.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import { readAmountMinor } from '../../components/money.ts'
import { SettleForm } from '../../components/settle-form.tsx'
import { useIsManager } from '../../components/use-staff.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { NoticeOutcome } from './notice-settle.tsx'
import { useWords } from './words.ts'

interface SettleReportProps {
  readonly report: UnreadReport
  readonly chosen: NoticeOutcome | null
  readonly onChoose: (outcome: NoticeOutcome) => void
  readonly onDone: () => void
}

/** The sales of late that still lack money. */
function useUnpaidSales() {
  const { queries } = useKaunta()
  const { data } = useQuery(queries.sales.list.queryOptions({ input: { limit: 100 } }))
  return (data?.rows ?? []).filter(
    ({ number, paidMinor, totalMinor }) => number !== null && paidMinor < totalMinor,
  )
}

interface UnpaidSalesProps {
  readonly sales: ReturnType<typeof useUnpaidSales>
  readonly saleId: string
  readonly onPick: (saleId: string) => void
}

/** Each with its number and what it lacks. */
function UnpaidSales({ sales, saleId, onPick }: UnpaidSalesProps) {
  const { t } = useWords()
  const { money } = useWording()
  return (
    <NativeSelect
      label={t('notices.candidates')}
      value={saleId}
      data={sales.map(({ id, number, totalMinor, paidMinor, currency }) => ({
        value: id,
        label: `${formatSaleNumber({ number })} · ${money(totalMinor - paidMinor, currency)}`,
      }))}
      onChange={(event) => onPick(event.currentTarget.value)}
    />
  )
}

/** What stands beside either choice. */
const setAsideNotes = ['attention.reportNotes.counted', 'attention.reportNotes.noMoney'] as const

/** A network's words that Kaunta could not read: the manager reads them, gives the money to a sale or sets them aside. */
export function SettleReport({ report, chosen, onChoose, onDone }: SettleReportProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { time } = useWording()
  const manager = useIsManager()
  const sales = useUnpaidSales()
  const [picked, setPicked] = useState('')
  const [amount, setAmount] = useState('')
  const saleId = picked === '' ? sales[0]?.id : picked
  const amountMinor = readAmountMinor(amount)
  return (
    <>
      <h2>{t('attention.reportTitle')}</h2>
      <p>{t(`attention.reportWhy.${report.why}`)}</p>
      <p className="quiet">{t('attention.reportAsk', { at: time(report.receivedAt) })}</p>
      <pre className="report-body">{report.body}</pre>
      <SettleForm
        legend={t('attention.reportTitle')}
        choices={[
          {
            value: 'match',
            label: t('notices.match'),
            letter: 'M',
            notes: [t('attention.reportNotes.read')],
            withCode: true,
          },
          {
            value: 'setAside',
            label: t('notices.setAside'),
            letter: 'X',
            notes: setAsideNotes.map((note) => t(note)),
          },
        ]}
        chosen={chosen}
        onChoose={onChoose}
        asksPin={!manager}
        submitLabel={t('attention.settleKey')}
        settle={async ({ outcome, note, code, managerPin }) => {
          const word = { id: report.id, note, ...(managerPin === null ? {} : { managerPin }) }
          const money = { saleId: saleId ?? '', amountMinor: amountMinor ?? 0, receiptCode: code }
          if (outcome === 'setAside') await client.unreadReports.setAside(word)
          else await client.unreadReports.give({ ...word, ...money })
        }}
        onDone={onDone}
      >
        {chosen === 'match' ? (
          <>
            <UnpaidSales sales={sales} saleId={saleId ?? ''} onPick={setPicked} />
            <TextInput
              label={t('payments.amount')}
              value={amount}
              onChange={(event) => setAmount(event.currentTarget.value)}
              inputMode="decimal"
              autoComplete="off"
            />
          </>
        ) : null}
      </SettleForm>
    </>
  )
}
