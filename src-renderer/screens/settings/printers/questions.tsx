import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { codeTableLabel, tablesOnPage } from '../../../../src-preload/contract/printer-facts.ts'
import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'
import { useWords } from '../words.ts'
import { type Answers, noneReads, withLetters, withoutQr } from './answers.ts'
import { withPaper } from './draft.ts'
import { ColumnsField } from './profile-fields.tsx'

interface QuestionsProps {
  /** As the page now on the table was printed. */
  readonly printed: PrinterProfile
  /** As it will be printed the next time. */
  readonly profile: PrinterProfile
  readonly answers: Answers
  readonly disabled: boolean
  readonly onAnswer: (answers: Partial<Answers>, profile?: PrinterProfile) => void
}

interface QuestionProps {
  readonly number: number
  readonly text: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly value: string | null
  readonly onChoose: (value: string) => void
  readonly hint?: string | null
  readonly children?: ReactNode
}

function Question({ number, text, choices, value, onChoose, hint = null, children }: QuestionProps) {
  return (
    <fieldset className="choice-row question">
      <legend>
        {number}. {text}
      </legend>
      {choices.map((choice) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={`question-${number}`}
            checked={value === choice.value}
            onChange={() => onChoose(choice.value)}
          />
          {choice.label}
        </label>
      ))}
      {hint === null ? null : <p className="quiet question-hint">{hint}</p>}
      {children}
    </fieldset>
  )
}

const yesNo = (value: string) => (value === 'yes' ? 'yes' : 'no')

/** Offers the other widths when the ruler does not fit. */
function RulerQuestion({ profile, answers, onAnswer }: Omit<QuestionsProps, 'printed' | 'disabled'>) {
  const { t } = useWords()
  return (
    <Question
      number={1}
      text={t('settings.printers.try.ruler')}
      choices={[
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('settings.printers.try.rulerNo') },
      ]}
      value={answers.ruler}
      onChoose={(value) => onAnswer({ ruler: yesNo(value) })}
    >
      {answers.ruler === 'no' ? (
        <div className="question-more">
          <p>{t('settings.printers.try.rulerHelp')}</p>
          <div className="form-grid">
            <NativeSelect
              label={t('settings.printers.fields.paper')}
              value={profile.paper}
              data={(['58', '80'] as const).map((value) => ({
                value,
                label: t(`settings.printers.fields.papers.${value}`),
              }))}
              onChange={(event) =>
                onAnswer({}, withPaper(profile, event.currentTarget.value === '58' ? '58' : '80'))
              }
            />
            <ColumnsField profile={profile} onChange={(next) => onAnswer({}, next)} />
          </div>
        </div>
      ) : null}
    </Question>
  )
}

function LettersQuestion({ printed, profile, answers, onAnswer }: Omit<QuestionsProps, 'disabled'>) {
  const { t } = useWords()
  return (
    <Question
      number={2}
      text={t('settings.printers.try.letters')}
      choices={[
        ...tablesOnPage(printed)
          .map(codeTableLabel)
          .map((label) => ({ value: label, label })),
        { value: noneReads, label: t('settings.printers.try.lettersNone') },
      ]}
      value={answers.letters}
      onChoose={(letters) => onAnswer({ letters }, withLetters(profile, letters))}
      hint={t(
        answers.letters === noneReads
          ? 'settings.printers.try.lettersNoneHelp'
          : 'settings.printers.try.lettersHint',
      )}
    />
  )
}

function QrQuestion({ printed, profile, answers, onAnswer }: Omit<QuestionsProps, 'disabled'>) {
  const { t } = useWords()
  const hint = profile.qr === 'none' ? t('settings.printers.try.qrNone') : t('settings.printers.try.qrImage')
  return (
    <Question
      number={3}
      text={t('settings.printers.try.qr')}
      choices={[
        { value: 'yes', label: t('common.yes') },
        { value: 'no', label: t('common.no') },
      ]}
      value={answers.qr}
      onChoose={(value) =>
        onAnswer({ qr: yesNo(value) }, { ...profile, qr: value === 'yes' ? printed.qr : withoutQr(printed) })
      }
      hint={answers.qr === 'no' ? hint : null}
    />
  )
}

/** The three things only a person with the paper in hand can tell; each answer changes how the next page is printed. */
export function Questions({ printed, profile, answers, disabled, onAnswer }: QuestionsProps) {
  const { t } = useWords()
  return (
    <fieldset className="form questions" disabled={disabled}>
      <legend>
        <h3>{t('settings.printers.try.questions')}</h3>
      </legend>
      <RulerQuestion profile={profile} answers={answers} onAnswer={onAnswer} />
      <LettersQuestion printed={printed} profile={profile} answers={answers} onAnswer={onAnswer} />
      <QrQuestion printed={printed} profile={profile} answers={answers} onAnswer={onAnswer} />
    </fieldset>
  )
}
