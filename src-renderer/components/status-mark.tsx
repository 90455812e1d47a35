import { useWords } from '../i18n/use-words.ts'
import { type StatusName, statuses } from './status.ts'

/** Shape, colour and word together: none of them carries the meaning alone. */
export function StatusMark({ status }: { readonly status: StatusName }) {
  const { t } = useWords()
  const { shape, tone, turning } = statuses[status]
  return (
    <span className={`status tone-${tone}`}>
      <span aria-hidden="true" className={turning ? 'status-shape turning' : 'status-shape'}>
        {shape}
      </span>
      <span className="status-word">{t(`status.${status}`)}</span>
    </span>
  )
}
