import type { PaperItem } from '../../src-preload/contract/paper.ts'

/** What came out of the world's printer, kept over every crash. */
export interface PaperLedger {
  /** Takes what has come out since the last time, so that the printer's roll never overflows. */
  harvest(): void
  /** The words of every receipt that came out whole, cut included. */
  whole(): readonly string[]
}

function wordsOf(item: PaperItem): string {
  return item.kind === 'line' ? item.runs.map(({ text }) => text).join('') : ''
}

/** @param heading the first words of every receipt: a paper that broke off shares its strip with the next one */
export function createPaperLedger(
  printer: { snapshot(): { readonly paper: PaperItem[] }; tear(): void },
  heading: string,
): PaperLedger {
  const whole: string[] = []
  let begun: string[] = []
  return {
    harvest() {
      const { paper } = printer.snapshot()
      printer.tear()
      for (const item of paper) {
        const words = wordsOf(item)
        if (item.kind === 'cut') whole.push(begun.join('\n'))
        if (item.kind === 'cut' || words.includes(heading)) begun = []
        begun.push(words)
      }
    },
    whole: () => whole,
  }
}
