import type { z } from 'zod'
import type {
  Faults,
  practice as contractPractice,
  practiceSchema,
} from '../../src-preload/contract/practice.ts'
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

/** World and printer as one picture. `lineBack` is called when the practice line is put back. */
export function createPracticeRoom(
  world: PracticeWorld,
  printer: PracticePrinter,
  lineBack: () => void,
): PracticeRoom {
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
      if (faults.line === 'on' || faults.printer === 'ready') lineBack()
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
