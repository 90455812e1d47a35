import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { readAmountMinor } from '../../components/money.ts'
import { networkName } from '../../components/network-name.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { useWords } from './words.ts'

export interface ByHand {
  readonly provider: string
  readonly amountMinor: number
  readonly account: string
}

interface PayByHandProps {
  readonly phone: string
  readonly onPay: (payment: ByHand) => void
  readonly onBack: () => void
}

const salePath = /^\/sale\/(.+)$/

/** What the sale on the counter still lacks, in minor units; 0 when nothing. */
function useOwed(): number {
  const { queries } = useKaunta()
  const [location] = useLocation()
  const shown = salePath.exec(location)?.[1] ?? null
  const current = useQuery(queries.sales.current.queryOptions())
  const earlier = useQuery({
    ...queries.sales.get.queryOptions({ input: { id: shown ?? '' } }),
    enabled: shown !== null,
  })
  const sale = shown === null ? current.data : earlier.data
  return sale === undefined ? 0 : Math.max(0, sale.totalMinor - sale.paidMinor)
}

/** The menus that this phone has: those of its country, its own network's first. */
function useMenus(phone: string) {
  const { queries } = useKaunta()
  const { data: networks = [] } = useQuery(queries.payments.networks.queryOptions())
  const { data: info } = useQuery(queries.customers.readPhone.queryOptions({ input: { typed: phone } }))
  const near = networks.filter(
    ({ countries }) => info !== undefined && countries.some((one) => one === info.country),
  )
  const guess = info?.networkGuess ?? null
  const own = near.find(({ networks: served }) => guess !== null && served.includes(guess))
  return { menus: near.length > 0 ? near : networks, own }
}

/** The customer pays the shop from the network's own menu, without being asked. */
export function PayByHand({ phone, onPay, onBack }: PayByHandProps) {
  const { t } = useWords()
  const { figure } = useWording()
  const { menus, own } = useMenus(phone)
  const owed = useOwed()
  const form = useFocusOnShow<HTMLFormElement>('input')
  const [provider, setProvider] = useState<string | null>(null)
  const [amount, setAmount] = useState<string | null>(null)
  const [account, setAccount] = useState('')
  const [bad, setBad] = useState(false)
  const chosen = provider ?? own?.provider ?? menus[0]?.provider
  const amountMinor = readAmountMinor(amount ?? figure(owed))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBad(amountMinor === null || amountMinor === 0)
    if (chosen === undefined || amountMinor === null || amountMinor === 0) return
    onPay({ provider: chosen, amountMinor, account })
  }
  return (
    <form ref={form} className="by-hand" aria-label={t('practice.byHand')} onSubmit={submit}>
      <strong>{t('practice.byHand')}</strong>
      <label>
        {t('payPanel.network')}
        <select value={chosen} onChange={(event) => setProvider(event.currentTarget.value)}>
          {menus.map((menu) => (
            <option key={menu.accountId} value={menu.provider}>
              {networkName(menu, menus)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('payPanel.amount')}
        <input
          inputMode="decimal"
          autoComplete="off"
          value={amount ?? figure(owed)}
          aria-invalid={bad}
          onChange={(event) => {
            setAmount(event.currentTarget.value)
            setBad(false)
          }}
        />
      </label>
      {bad ? (
        <p role="alert" className="by-hand-bad">
          {t('payPanel.badAmount')}
        </p>
      ) : null}
      <label>
        {t('practice.byHandAccount')}
        <input
          autoComplete="off"
          maxLength={20}
          value={account}
          onChange={(event) => setAccount(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{t('practice.byHandPay')}</button>
      <button type="button" className="by-hand-back" onClick={onBack}>
        {t('common.cancel')}
      </button>
    </form>
  )
}
