import { Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../components/dialog.tsx'
import { type KeyBinding, keyJobs, useKeyList } from '../components/keys.tsx'

const jobs = ['sale', 'receipt', 'money', 'program'] as const

interface JobProps {
  readonly title: string
  readonly keys: readonly KeyBinding[]
}

function Job({ title, keys }: JobProps) {
  if (keys.length === 0) return null
  return (
    <section className="key-job" aria-label={title}>
      <h3>{title}</h3>
      <dl className="key-list">
        {keys.map(({ key, label }) => (
          <div key={key}>
            <dt>
              <Kbd size="md">{key}</Kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** F1: every key that means something on the screen underneath, by what one wants to do. */
export default function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const keys = useKeyList()
  const of = (job: (typeof jobs)[number]) =>
    keyJobs[job].flatMap((key) => keys.filter((binding) => binding.key === key))
  return (
    <Dialog title={t('keys.title')} onClose={onClose} wide>
      <div className="key-jobs">
        {jobs.map((job) => (
          <Job key={job} title={t(`keys.jobs.${job}`)} keys={of(job)} />
        ))}
      </div>
      <p className="quiet">{t('keys.inLists')}</p>
    </Dialog>
  )
}
