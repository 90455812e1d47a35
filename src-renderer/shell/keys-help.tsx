import { Kbd } from '@mantine/core'
import { Dialog } from '../components/dialog.tsx'
import { type KeyBinding, type KeyJob, type KeyName, keyJobs, useKeyList } from '../components/keys.tsx'
import { useWords } from '../i18n/use-words.ts'

const jobs = ['sale', 'receipt', 'money', 'program'] as const satisfies readonly KeyJob[]

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
  const { t } = useWords()
  const keys = useKeyList()
  const ordered: readonly KeyName[] = Object.values(keyJobs).flat()
  const of = (job: KeyJob) => [
    ...keyJobs[job].flatMap((key) => keys.filter((binding) => binding.key === key)),
    ...keys.filter((binding) => binding.job === job && !ordered.includes(binding.key)),
  ]
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
