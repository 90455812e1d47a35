import { Button, Kbd, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { readAmountMinor } from '../../components/money.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useWording } from '../../components/use-wording.ts'
import { type Desk, useAccounts } from './use-desk.ts'

interface PayPanelProps {
  readonly sale: Sale
  readonly desk: Desk
  readonly dueMinor: number
}

function NoWallet() {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-label={t('payPanel.title')}>
      <p role="alert">{t('payPanel.none')}</p>
      <Link href="/settings/accounts">{t('payPanel.openSettings')}</Link>
    </section>
  )
}

/** F4: what will be asked of whom over which network. Enter asks; ← → change the network. */
export function PayPanel({ sale, desk, dueMinor }: PayPanelProps) {
  const { t } = useTranslation()
  const { figure, money } = useWording()
  const wallets = useAccounts('mobileMoney')
  const [chosen, setChosen] = useState(0)
  const [amount, setAmount] = useState<string | null>(null)
  const [bad, setBad] = useState(false)
  const askButton = useFocusOnShow<HTMLButtonElement>()
  const wallet = wallets[chosen % Math.max(1, wallets.length)]
  if (wallet === undefined) return <NoWallet />
  const amountMinor = amount === null ? dueMinor : readAmountMinor(amount)
  const submit = () => {
    setBad(amountMinor === null)
    if (amountMinor === null) return
    desk.ask({ phone: null, amountMinor, accountId: wallet.id })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'text') return
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    setChosen((chosen + (event.key === 'ArrowRight' ? 1 : wallets.length - 1)) % wallets.length)
  }
  return (
    <form
      className="panel pay-panel"
      aria-label={t('payPanel.title')}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextInput
        label={t('payPanel.amount')}
        value={amount ?? figure(dueMinor)}
        onChange={(event) => setAmount(event.currentTarget.value)}
        error={bad ? t('payPanel.badAmount') : undefined}
        inputMode="decimal"
        autoComplete="off"
      />
      <fieldset className="choice-row">
        <legend>
          {t('payPanel.network')}
          {wallets.length > 1 ? <span className="quiet"> · {t('payPanel.changeNetwork')}</span> : null}
        </legend>
        {wallets.map((account, index) => (
          <label key={account.id} className="choice">
            <input
              type="radio"
              name="wallet"
              checked={account.id === wallet.id}
              onChange={() => setChosen(index)}
            />
            <span>{account.label}</span>
          </label>
        ))}
      </fieldset>
      <div className="panel-buttons">
        <Button
          ref={askButton}
          type="submit"
          rightSection={<Kbd>Enter</Kbd>}
          aria-busy={desk.busy.has('pay')}
        >
          {t('payPanel.ask')} {amountMinor === null ? '' : money(amountMinor, sale.currency)}
        </Button>
        <Button variant="default" rightSection={<Kbd>Esc</Kbd>} onClick={() => desk.setPanel('none')}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
