import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Currency } from '../../../src-preload/contract/money.ts'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { Dialog } from '../../components/dialog.tsx'
import { useProblemWords } from '../../components/use-sentences.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { MoneyOutForm } from './money-out.tsx'
import { useWords } from './words.ts'

interface PayOutDialogProps {
  /** Those that can pay to a phone; at least one. */
  readonly networks: readonly MoneyNetwork[]
  readonly onClose: () => void
}

/** The shop's own money, where the network carries it. */
function useCurrencyOf() {
  const { data: shop } = useShop()
  return (network: MoneyNetwork | undefined): Currency => {
    const own = network?.currencies.find((currency) => currency === shop?.currency)
    return own ?? network?.currencies[0] ?? 'TZS'
  }
}

function useJudge(network: MoneyNetwork | undefined, currency: Currency) {
  const { t } = useWords()
  const { money } = useWording()
  const problem = useProblemWords()
  const limits = network?.payOut ?? null
  return (amountMinor: number | null): string | null => {
    if (amountMinor === null || amountMinor === 0) return t('payPanel.badAmount')
    if (network === undefined || limits === null) return null
    const words = { provider: network.label, amount: money(amountMinor, currency) }
    if (amountMinor < limits.minMinor) {
      const limit = money(limits.minMinor, currency)
      return problem('AMOUNT_BELOW_LIMIT', { ...words, limit })
    }
    if (amountMinor <= limits.maxMinor) return null
    return problem('AMOUNT_ABOVE_LIMIT', { ...words, limit: money(limits.maxMinor, currency) })
  }
}

/** Pays from the shop's purse to a phone. */
export function PayOutDialog({ networks, onClose }: PayOutDialogProps) {
  const { t } = useWords()
  const { client } = useKaunta()
  const { money } = useWording()
  const [accountId, setAccountId] = useState(networks[0]?.accountId ?? '')
  const [phone, setPhone] = useState('')
  const [name, setName] = useState('')
  const network = networks.find((one) => one.accountId === accountId)
  const currency = useCurrencyOf()(network)
  const judge = useJudge(network, currency)
  return (
    <Dialog title={t('payOut.title')} onClose={onClose}>
      <MoneyOutForm
        label={t('payOut.title')}
        amount=""
        amountFixed={false}
        judge={judge}
        notes={[t('payOut.notes.supplier'), t('payOut.notes.wages'), t('payOut.notes.refund')]}
        submitLabel={(amountMinor) =>
          t('payOut.send', { amount: amountMinor === null ? '' : money(amountMinor, currency) })
        }
        ready={phone.trim() !== ''}
        send={(out) => client.transfers.payOut({ ...out, accountId, phone, name })}
        onDone={onClose}
      >
        <NativeSelect
          label={t('payPanel.network')}
          value={accountId}
          data={networks.map((one) => ({ value: one.accountId, label: one.label }))}
          onChange={(event) => setAccountId(event.currentTarget.value)}
        />
        <TextInput
          type="tel"
          label={t('payOut.phone')}
          placeholder="0712 345 678"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          autoComplete="off"
          maxLength={40}
          required
        />
        <TextInput
          label={t('payOut.name')}
          placeholder={t('common.optional')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
          maxLength={60}
        />
      </MoneyOutForm>
    </Dialog>
  )
}
