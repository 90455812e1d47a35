import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorBanner } from '../../components/error-banner.tsx'
import { useStatus } from '../../components/use-shop.ts'
import { useWords } from './words.ts'

/** One package of somebody else's, as the build wrote it down. */
interface Notice {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

function isNotice(value: unknown): value is Notice {
  if (typeof value !== 'object' || value === null) return false
  return ['name', 'version', 'licence', 'text'].every(
    (key) => typeof Object.entries(value).find(([own]) => own === key)?.[1] === 'string',
  )
}

async function readNotices(): Promise<readonly Notice[]> {
  const answer = await fetch('/notices.json')
  const list: unknown = await answer.json()
  return Array.isArray(list) ? list.filter(isNotice) : []
}

function Part({ notice }: { readonly notice: Notice }) {
  const { t } = useWords()
  // Four hundred kilobytes of law are laid out only where somebody looks.
  const [open, setOpen] = useState(false)
  return (
    <details className="notice-part" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {notice.name} {notice.version} <span className="quiet">{notice.licence}</span>
      </summary>
      {open ? <pre>{notice.text === '' ? t('settings.about.noText') : notice.text}</pre> : null}
    </details>
  )
}

/** Which Kaunta this is, where it keeps its data, and whose work it is made of. */
export default function AboutSettings() {
  const { t } = useWords()
  const { data: status } = useStatus()
  const { data: notices, error } = useQuery({
    queryKey: ['notices'],
    queryFn: readNotices,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <>
      <dl className="facts">
        <dt>{t('settings.about.version')}</dt>
        <dd>Kaunta {status?.version}</dd>
        <dt>{t('settings.about.data')}</dt>
        <dd>
          <code>{status?.dataFolder}</code>
        </dd>
      </dl>
      <h2>{t('settings.about.parts')}</h2>
      <p>{t('settings.about.partsWhy')}</p>
      {error === null ? null : <ErrorBanner error={error} />}
      {notices === undefined ? <p className="waiting">{t('common.loading')}</p> : null}
      {notices?.map((notice) => (
        <Part key={`${notice.name}@${notice.version}`} notice={notice} />
      ))}
    </>
  )
}
