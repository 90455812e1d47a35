import type { Currency } from '../../../src-preload/contract/money.ts'
import { Dialog } from '../../components/dialog.tsx'
import { PickList } from '../../components/pick-list.tsx'
import { useShop } from '../../components/use-shop.ts'
import { useWording } from '../../components/use-wording.ts'
import type { Doubt, Said } from './statement-doubt.ts'
import { useWords } from './words.ts'

interface AskProps {
  readonly doubt: Doubt
  readonly currency: Currency
  readonly onSay: (said: Said) => void
  readonly onClose: () => void
}

function useMeaning(currency: Currency) {
  const { language, money } = useWording()
  const { data: shop } = useShop()
  const day = new Intl.DateTimeFormat(language === 'sw' ? 'sw-TZ' : 'en-GB', {
    dateStyle: 'full',
    timeZone: shop?.zone ?? 'Africa/Dar_es_Salaam',
  })
  return (about: Doubt['about'], meant: number) =>
    about === 'dates' ? day.format(meant) : money(meant, currency)
}

/** Asks which of two readings of a file is meant: ↑ ↓ and Enter. Nothing is compared before. */
export function StatementAsk({ doubt, currency, onSay, onClose }: AskProps) {
  const { t } = useWords()
  const meaning = useMeaning(currency)
  const { about, sample, ways } = doubt
  const title = t(`reconciliation.doubt.${about}`, { sample })
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="quiet">{t('reconciliation.doubt.why')}</p>
      <PickList
        label={title}
        rows={ways}
        idOf={({ meant }) => String(meant)}
        chosen={null}
        onChoose={(id) => {
          const way = ways.find(({ meant }) => String(meant) === id)
          if (way !== undefined) onSay(way.said)
        }}
      >
        {({ meant }) => <strong className="figures">{meaning(about, meant)}</strong>}
      </PickList>
    </Dialog>
  )
}
