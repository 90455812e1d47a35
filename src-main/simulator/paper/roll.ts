import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import type { Clock, Stop } from '../../ports.ts'

/** Paper items kept; the oldest go first. */
const longestRoll = 5_000
/** Changes within this many milliseconds are told once. */
const noticeMs = 16

/** Dots of paper in one text line at the default spacing, around the letters. */
const gapDots = 6
const letterDots = 24
/** A usual barcode with its words. */
const barcodeDots = 100

/** Dots of paper that an item takes. */
export function paperDots(item: PaperItem): number {
  switch (item.kind) {
    case 'line':
      return gapDots + letterDots * Math.max(1, ...item.runs.map((run) => run.height))
    case 'image':
      return item.heightDots
    case 'qr':
      return item.widthDots ?? barcodeDots
    case 'barcode':
      return barcodeDots
    default:
      return 0
  }
}

/** The paper that has come out of the printer since it was last torn off. */
export interface PaperRoll {
  print(item: PaperItem): void
  tear(): void
  items(): PaperItem[]
  /** Papers cut off so far, torn or not. */
  cuts(): number
  /** Tells the listeners, soon, that there is something to look at. */
  changed(): void
  subscribe(listener: () => void): Stop
}

export function createPaperRoll(clock: Clock): PaperRoll {
  let paper: PaperItem[] = []
  let cuts = 0
  let noticeDue = false
  const listeners = new Set<() => void>()
  const changed = () => {
    if (noticeDue) return
    noticeDue = true
    clock.after(noticeMs, () => {
      noticeDue = false
      for (const listener of listeners) listener()
    })
  }
  return {
    print(item) {
      paper.push(item)
      if (paper.length > longestRoll) paper = paper.slice(-longestRoll)
      if (item.kind === 'cut') cuts += 1
      changed()
    },
    tear() {
      paper = []
      changed()
    },
    items: () => [...paper],
    cuts: () => cuts,
    changed,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
