import type { VirtualPrinter } from '../../src-main/simulator/paper-tape.ts'
import type { PaperItem } from '../../src-preload/contract/paper.ts'

/** What came out of the world's printer, kept over every crash. */
export interface PaperLedger {
  /** The words of every receipt that came out whole so far, cut included. */
  whole(): readonly string[]
}

function wordsOf(item: PaperItem): string {
  return item.kind === 'line' ? item.runs.map(({ text }) => text).join('') : ''
}

/** @param heading the first words of every receipt: a paper that broke off shares its strip with the next one */
export function createPaperLedger(
  printer: Pick<VirtualPrinter, 'snapshot' | 'tear' | 'subscribe'>,
  heading: string,
): PaperLedger {
  const whole: string[] = []
  let begun: string[] = []
  const harvest = () => {
    const { paper } = printer.snapshot()
    if (paper.length === 0) return
    printer.tear()
    for (const item of paper) {
      const words = wordsOf(item)
      if (item.kind === 'cut') whole.push(begun.join('\n'))
      if (item.kind === 'cut' || words.includes(heading)) begun = []
      begun.push(words)
    }
  }
  // The printer keeps only so much of its paper.
  printer.subscribe(harvest)
  return {
    whole() {
      harvest()
      return whole
    },
  }
}
