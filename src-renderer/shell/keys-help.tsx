import { Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { useKeyList } from '../components/keys.tsx'

/** F1: every key that means something on the screen underneath. */
export default function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const keys = useKeyList()
  const ordered = keys.toSorted((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className="key-list">
        {ordered.map(({ key, label }) => (
          <div key={key}>
            <dt>
              <Kbd size="md">{key}</Kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('keys.inLists')}</p>
    </Dialog>
  )
}
