import { useWords } from '../i18n/use-words.ts'

/** What a provider, a printer or a library said, as it said it: for whoever helps, folded away from whoever sells. */
export function ForSupport({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useWords()
  const told = [...new Set(lines)].filter((line) => line.trim() !== '')
  if (told.length === 0) return null
  return (
    <details className="for-support">
      <summary>{t('common.forSupport')}</summary>
      <ul>
        {told.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}
