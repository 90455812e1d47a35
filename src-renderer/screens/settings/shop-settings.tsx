import { NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import { useManagerWord } from '../../components/approved-call.tsx'
import { concerns, problemOf } from '../../components/problem.ts'
import { useAction } from '../../components/use-action.ts'
import { useShop } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import { useKaunta } from '../../kaunta.tsx'
import { hintBelow } from './hint-below.ts'
import { SaveRow } from './save-row.tsx'
import { TaxRateField } from './tax-rate-field.tsx'
import { useSmsWords } from './use-sms-words.ts'
import { useWords } from './words.ts'

const words = ['name', 'till', 'phone', 'address', 'taxNumber', 'footer', 'publicAddress'] as const

interface PartProps {
  readonly shop: Shop
  readonly onChange: (part: Partial<Shop>) => void
}

/** Hundredths of a percent. */
const discounts = [0, 500, 1_000, 2_000, 5_000, 10_000] as const
const lockMinutes = [0, 1, 2, 5, 10, 15] as const

/** Currency and zone follow the country: a shop has one of each. */
function ofCountry(country: string): Pick<Shop, 'country' | 'currency' | 'zone'> {
  return country === 'KE'
    ? { country: 'KE', currency: 'KES', zone: 'Africa/Nairobi' }
    : { country: 'TZ', currency: 'TZS', zone: 'Africa/Dar_es_Salaam' }
}

function Choices({ shop, onChange }: PartProps) {
  const { t } = useWords()
  return (
    <>
      <NativeSelect
        label={t('settings.shop.country')}
        value={shop.country}
        data={(['TZ', 'KE'] as const).map((value) => ({
          value,
          label: t(`settings.shop.countries.${value}`),
        }))}
        onChange={(event) => onChange(ofCountry(event.currentTarget.value))}
      />
      <NativeSelect
        label={t('settings.shop.currency')}
        value={shop.currency}
        data={['TZS', 'KES']}
        onChange={(event) => onChange({ currency: event.currentTarget.value === 'KES' ? 'KES' : 'TZS' })}
      />
      <NativeSelect
        label={t('settings.shop.language')}
        value={shop.language}
        data={(['sw', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(event) => onChange({ language: event.currentTarget.value === 'en' ? 'en' : 'sw' })}
      />
      <NativeSelect
        label={t('settings.shop.theme')}
        value={shop.theme}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`settings.shop.themes.${value}`),
        }))}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange({ theme: value === 'light' || value === 'dark' ? value : 'auto' })
        }}
      />
      <NativeSelect
        label={t('settings.shop.cashierDiscount')}
        value={String(shop.cashierDiscountBp)}
        data={[...new Set([...discounts, shop.cashierDiscountBp])].map((bp) => ({
          value: String(bp),
          label: bp === 10_000 ? t('settings.shop.anyDiscount') : `${bp / 100} %`,
        }))}
        onChange={(event) => onChange({ cashierDiscountBp: Number(event.currentTarget.value) })}
      />
      <NativeSelect
        label={t('settings.shop.lockAfterMinutes')}
        value={String(shop.lockAfterMinutes)}
        data={lockMinutes.map((minutes) => ({
          value: String(minutes),
          label:
            minutes === 0 ? t('settings.shop.lockNever') : t('settings.shop.lockAfter', { count: minutes }),
        }))}
        onChange={(event) => onChange({ lockAfterMinutes: Number(event.currentTarget.value) })}
      />
    </>
  )
}

function ShopForm({ saved }: { readonly saved: Shop }) {
  const { t } = useWords()
  const { client, queries } = useKaunta()
  const { say } = useWording()
  const cache = useQueryClient()
  const withWord = useManagerWord()
  const smsWords = useSmsWords()
  const [changed, setChanged] = useState<Partial<Shop>>({})
  const shop = { ...saved, ...changed }
  const action = useAction()
  const refused = action.error === null ? null : problemOf(action.error)
  const change = (part: Partial<Shop>) => {
    setChanged((before) => ({ ...before, ...part }))
    action.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void action.run(async () => {
      // What another window changes meanwhile stays as it says.
      const now = await withWord((word) => client.settings.save({ ...changed, ...word }))
      cache.setQueryData(queries.settings.get.queryKey(), now)
      setChanged({})
    })
  }
  return (
    <form className="settings-card form" onSubmit={submit}>
      <div className="form-grid">
        {words.map((field) => (
          <TextInput
            key={field}
            label={t(`settings.shop.${field}`)}
            value={shop[field]}
            required={field === 'name' || field === 'till'}
            description={field === 'name' || field === 'footer' ? smsWords(shop[field]) : undefined}
            inputWrapperOrder={hintBelow}
            error={concerns(refused, field) ? say(refused.sentence) : undefined}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
            autoComplete="off"
          />
        ))}
        <TaxRateField
          rateBp={shop.taxRateBp}
          error={concerns(refused, 'taxRateBp') ? say(refused.sentence) : undefined}
          onChange={(taxRateBp) => change({ taxRateBp })}
        />
        <Choices shop={shop} onChange={change} />
      </div>
      <SaveRow action={action} />
    </form>
  )
}

export function ShopSettings() {
  const { t } = useWords()
  const { data: shop } = useShop()
  return shop === undefined ? <p className="waiting">{t('common.loading')}</p> : <ShopForm saved={shop} />
}
