import type { TriedWay } from '../../../../src-preload/contract/printer-models.ts'
import { ForSupport } from '../../../components/for-support.tsx'
import { useWords } from '../words.ts'

/** Shape and words of what one way brought. */
function useTriedWords() {
  const { t } = useWords()
  const find = 'settings.printers.find'
  return ({ way, places, found, missed }: TriedWay) => ({
    way:
      places.length > 0
        ? t(`${find}.ways.networkAt`, { places: places.join(', ') })
        : t(`${find}.ways.${way}`),
    shape: found > 0 ? '✓' : missed === null ? '–' : '!',
    words: [
      ...(found > 0 ? [t(`${find}.triedFound`, { count: found })] : []),
      ...(missed === null ? [] : [t(`${find}.misses.${missed.why}`)]),
      ...(found === 0 && missed === null ? [t(`${find}.triedNothing`)] : []),
    ].join(', '),
  })
}

/** Every way a search went, with what it brought or why it could not: nobody has to guess where it did not look. */
export function TriedList({ tried }: { readonly tried: readonly TriedWay[] }) {
  const { t } = useWords()
  const wordsOf = useTriedWords()
  return (
    <section className="tried" aria-label={t('settings.printers.find.tried')}>
      <h3>{t('settings.printers.find.tried')}</h3>
      <ul>
        {tried.map((one) => {
          const { way, shape, words } = wordsOf(one)
          return (
            <li
              key={one.way}
              className={one.missed !== null && one.missed.why !== 'practising' ? 'tone-amber' : ''}
            >
              <span aria-hidden="true">{shape}</span>
              <span>
                {way}: <strong>{words}</strong>
              </span>
            </li>
          )
        })}
      </ul>
      <ForSupport
        lines={tried.flatMap(({ way, missed }) => (missed === null ? [] : [`${way}: ${missed.detail}`]))}
      />
    </section>
  )
}
