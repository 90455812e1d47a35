import { Paper } from '../../components/paper.tsx'
import { useStream } from '../../components/use-stream.ts'
import { watchPractice } from './practice-actions.ts'
import { useWords } from './words.ts'

/** The last paper of the practice printer, for a place that asks about it while the practice side is folded away. */
export default function LastPaper() {
  const { t } = useWords()
  const practice = useStream(watchPractice)
  const paper = practice?.paper ?? []
  const cuts = paper.flatMap(({ kind }, at) => (kind === 'cut' ? [at] : []))
  // A paper that was cut ends there; what came since is the next.
  const from = cuts.at(-1) === paper.length - 1 ? (cuts.at(-2) ?? -1) : (cuts.at(-1) ?? -1)
  const items = paper.slice(from + 1)
  if (practice === undefined || items.length === 0) return null
  const label = t('practice.practicePaper')
  return (
    <section className="last-paper" aria-label={label} data-testid="last-paper">
      <h3>{label}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the arrow keys */}
      <div className="last-paper-roll" tabIndex={0} role="log" aria-label={label}>
        <Paper items={items} columns={practice.paperColumns} label={label} />
      </div>
    </section>
  )
}
