import type { z } from 'zod'
import type {
  practice as contractPractice,
  Faults,
  practiceSchema,
} from '../../src-preload/contract/practice.ts'
import type { Paper } from '../../src-preload/contract/printer-models.ts'
import type { Hub } from '../live/hub.ts'
import type { Stop } from '../ports.ts'

type Practice = z.infer<typeof practiceSchema>
/** Faults to change; those left out, or undefined as they come off the wire, stay. */
export type FaultChange = { readonly [Name in keyof Faults]?: Faults[Name] | undefined }
type PromptAnswer = z.infer<
  NonNullable<(typeof contractPractice.answerPrompt)['~orpc']['inputSchema']>
>['answer']

/** The simulated world as the practice side of the screen uses it. */
export interface PracticeWorld {
  snapshot(): Omit<Practice, 'paper' | 'paperColumns'>
  subscribe(listener: () => void): Stop
  showPhone(phone: string): void
  answerPrompt(phone: string, promptId: string, answer: PromptAnswer): void
  payByHand(
    provider: string,
    payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
  ): unknown
  setBalance(phone: string, balanceMinor: number): void
  scanCode(): void
  setFaults(faults: FaultChange): Promise<void>
}

/** The practice printer. */
export interface PracticePrinter {
  readonly host: string
  readonly port: number
  snapshot(): { readonly paper: Practice['paper']; readonly columns: number }
  subscribe(listener: () => void): Stop
  setFault(fault: Faults['printer']): Promise<void>
  setColumns(columns: 32 | 48): void
  tear(): void
}

export interface PracticeRoom {
  readonly world: PracticeWorld
  readonly printer: PracticePrinter
  snapshot(): Practice
  /** The practice world now and after each change; changes of one moment share a picture. */
  watch(signal: AbortSignal | undefined): AsyncGenerator<Practice>
  setFaults(faults: FaultChange): Promise<void>
}

export interface PracticeDeps {
  readonly hub: Hub
  /** Width of the shop's roll in mm, as its settings say. */
  readonly paper: () => Paper
  /** The practice line was put back, or the printer mended: what waits may go. */
  readonly mended: () => void
}

/** World and printer as one picture; the printer holds the roll that the shop's settings name. */
export function createPracticeRoom(
  world: PracticeWorld,
  printer: PracticePrinter,
  deps: PracticeDeps,
): PracticeRoom {
  const load = () => printer.setColumns(deps.paper() === '58' ? 32 : 48)
  load()
  deps.hub.listen((change) => {
    if (change.topic === 'settings') load()
  })
  const snapshot = (): Practice => {
    const { paper, columns } = printer.snapshot()
    return { ...world.snapshot(), paper, paperColumns: columns }
  }
  return {
    world,
    printer,
    snapshot,
    async setFaults(faults) {
      if (faults.printer !== undefined) await printer.setFault(faults.printer)
      await world.setFaults(faults)
      if (faults.line === 'on' || faults.printer === 'ready') deps.mended()
    },
    async *watch(signal) {
      let dirty = true
      let wake: () => void = () => {}
      const mark = () => {
        dirty = true
        wake()
      }
      const stops = [world.subscribe(mark), printer.subscribe(mark)]
      signal?.addEventListener('abort', mark, { once: true })
      try {
        while (signal?.aborted !== true) {
          if (!dirty) {
            await new Promise<void>((resolve) => {
              wake = resolve
            })
            continue
          }
          dirty = false
          yield snapshot()
        }
      } finally {
        for (const stop of stops) stop()
      }
    },
  }
}
