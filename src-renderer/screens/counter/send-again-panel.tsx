import { Button } from '@mantine/core'
import { formatPhone } from '../../components/phone.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { useWords } from '../../i18n/use-words.ts'
import type { SaleWorkspace } from './use-sale-workspace.ts'

/** Asks before the same receipt goes out by the same way a second time. */
export function SendAgainPanel({ workspace }: { readonly workspace: SaleWorkspace }) {
  const { t } = useWords()
  const yes = useFocusOnShow<HTMLButtonElement>()
  const { choice, draft, sent, setPanel } = workspace
  return (
    <section className="panel" aria-labelledby="send-again-title">
      <h2 id="send-again-title">{t('counter.sendAgainTitle')}</h2>
      <p>
        {t('counter.sendAgainAsk', {
          phone: sent === null ? draft.phone : formatPhone(sent.to),
          channel: t(`channel.${choice.channel}`),
        })}
      </p>
      <div className="panel-buttons">
        <Button ref={yes} onClick={() => workspace.sendReceipt(true)}>
          {t('counter.sendAgain')}
        </Button>
        <Button variant="default" onClick={() => setPanel('none')}>
          {t('common.cancel')}
        </Button>
      </div>
    </section>
  )
}
