import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '../../components/phone.ts'
import { useFocusOnShow } from '../../components/use-focus-on-show.ts'
import { alreadySent, type Desk } from './use-desk.ts'

/** Asks before the same receipt goes out by the same way a second time. */
export function SendAgainPanel({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation()
  const yes = useFocusOnShow<HTMLButtonElement>()
  const { choice, draft, history, setPanel } = desk
  const earlier = alreadySent(history.messages, choice.channel, draft.phone)
  return (
    <section className="panel" aria-labelledby="send-again-title">
      <h2 id="send-again-title">{t('counter.sendAgainTitle')}</h2>
      <p>
        {t('counter.sendAgainAsk', {
          phone: earlier === null ? draft.phone : formatPhone(earlier.to),
          channel: t(`channel.${choice.channel}`),
        })}
      </p>
      <div className="panel-buttons">
        <Button ref={yes} onClick={() => desk.sendReceipt(true)}>
          {t('counter.sendAgain')}
        </Button>
        <Button variant="default" onClick={() => setPanel('none')}>
          {t('common.cancel')}
        </Button>
      </div>
    </section>
  )
}
