import { codeTableLabel, plainTable, tablesOnPage } from '../../../../src-preload/contract/printer-facts.ts'
import type { PrinterProfile } from '../../../../src-preload/contract/printer-models.ts'

/** What a person said about the paper, null where nothing yet. */
export interface Answers {
  readonly ruler: 'yes' | 'no' | null
  /** The name before the line that reads right. */
  readonly letters: string | null
  readonly qr: 'yes' | 'no' | null
}

export const noAnswers: Answers = { ruler: null, letters: null, qr: null }
export const noneReads = 'none'

export function isAnswered({ ruler, letters, qr }: Answers): boolean {
  return ruler !== null && letters !== null && qr !== null
}

/** After another print: what was right stays right, what was wrong is to be looked at again. */
export function askAgain(answers: Answers, profile: PrinterProfile): Answers {
  return {
    ruler: answers.ruler === 'no' ? null : answers.ruler,
    letters: answers.letters,
    qr: answers.qr === 'no' && profile.qr !== 'none' ? null : answers.qr,
  }
}

/** The profile after the letters were chosen. */
export function withLetters(profile: PrinterProfile, letters: string): PrinterProfile {
  const table = tablesOnPage(profile).find((one) => codeTableLabel(one) === letters)
  return { ...profile, codeTable: table ?? plainTable(profile.language) }
}

/** A code that did not scan is drawn by Kaunta; one that even so does not scan is printed as words. */
export function withoutQr(printed: PrinterProfile): PrinterProfile['qr'] {
  return printed.qr === 'native' ? 'image' : 'none'
}
