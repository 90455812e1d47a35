import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Faults, Practice } from '../../../src-preload/contract/practice.ts'
import { useKaunta } from '../../kaunta.tsx'
import type { PracticeActions } from './practice-actions.ts'
import { useWords } from './words.ts'

interface FaultPanelProps extends PracticeActions {
  readonly practice: Practice
}

const lines = ['on', 'slow', 'off'] as const satisfies readonly Faults['line'][]
const callbacks = [
  'now',
  'late',
  'twice',
  'never',
  'outOfOrder',
] as const satisfies readonly Faults['callback'][]
const printers = [
  'ready',
  'paperLow',
  'noPaper',
  'noPaperSoon',
  'coverOpen',
  'cutterError',
  'slow',
  'silent',
  'breaksOff',
  'off',
] as const satisfies readonly Faults['printer'][]
const providerFaults = [
  'none',
  'slow',
  'timeoutBeforeAccepting',
  'timeoutAfterAccepting',
  'serverError',
  'throttled',
  'noBalance',
  'wrongKey',
] as const satisfies readonly Faults['providers'][string][]

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly values: readonly T[]
  readonly word: (value: T) => string
  readonly onChoose: (value: T) => void
}

function Choice<T extends string>({ label, value, values, word, onChoose }: ChoiceProps<T>) {
  return (
    <NativeSelect
      size="sm"
      label={label}
      value={value}
      data={values.map((one) => ({ value: one, label: word(one) }))}
      onChange={(event) => {
        const chosen = values.find((one) => one === event.currentTarget.value)
        if (chosen !== undefined) onChoose(chosen)
      }}
    />
  )
}

/** Makes the line drop, a provider stumble, the network's answer late, the paper end: to practise the bad days. */
export function FaultPanel({ practice, client, run }: FaultPanelProps) {
  const { t } = useWords()
  const { queries } = useKaunta()
  const { data: providers = [] } = useQuery(queries.providers.list.queryOptions())
  const { faults } = practice
  const set = (part: Partial<Faults>) => run(client.setFaults(part))
  return (
    <section className="faults" aria-label={t('practice.faults')}>
      <h2>{t('practice.faults')}</h2>
      <div className="fault-row">
        <Choice
          label={t('practice.line')}
          value={faults.line}
          values={lines}
          word={(value) => t(`practice.lines.${value}`)}
          onChoose={(line) => set({ line })}
        />
        <Choice
          label={t('practice.callback')}
          value={faults.callback}
          values={callbacks}
          word={(value) => t(`practice.callbacks.${value}`)}
          onChoose={(callback) => set({ callback })}
        />
        <Choice
          label={t('practice.printer')}
          value={faults.printer}
          values={printers}
          word={(value) => t(`practice.printers.${value}`)}
          onChoose={(printer) => set({ printer })}
        />
      </div>
      <details>
        <summary>{t('practice.moreFaults')}</summary>
        <div className="fault-row">
          {providers.map((provider) => (
            <Choice
              key={provider.id}
              label={t('practice.provider', { provider: provider.label })}
              value={faults.providers[provider.id] ?? 'none'}
              values={providerFaults}
              word={(value) => t(`practice.providerFaults.${value}`)}
              onChoose={(fault) => set({ providers: { ...faults.providers, [provider.id]: fault } })}
            />
          ))}
        </div>
      </details>
    </section>
  )
}
