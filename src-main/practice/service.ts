import type { z } from 'zod'
import type {
  practice as contractPractice,
  Faults,
  practiceSchema,
} from '../../src-preload/contract/practice.ts'
import type { PrinterProfile } from '../../src-preload/contract/printer-models.ts'
import type { Feed } from '../live/feed.ts'
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
  snapshot(): {
    readonly paper: Practice['paper']
    readonly columns: number
    /** A fault may end by itself, or become another. */
    readonly fault: Faults['printer']
  }
  subscribe(listener: () => void): Stop
  setFault(fault: Faults['printer']): Promise<void>
  setColumns(columns: PrinterProfile['columns']): void
  setLanguage(language: PrinterProfile['language']): void
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
  readonly feed: Feed
  /** Of the till's receipt printer, as its settings say; null where it has none. */
  readonly profile: () => Pick<PrinterProfile, 'columns' | 'language'> | null
  /** The practice line was put back, or the printer recovered: what waits may go. */
  readonly recovered: () => void
}

/** With these a printer takes nothing. */
const stopping: ReadonlySet<Faults['printer']> = new Set(['noPaper', 'coverOpen', 'cutterError', 'off'])

/** World and printer as one picture; the printer is of the kind that the till's settings name. */
export function createPracticeRoom(
  world: PracticeWorld,
  printer: PracticePrinter,
  deps: PracticeDeps,
): PracticeRoom {
  const load = () => {
    const profile = deps.profile()
    printer.setLanguage(profile?.language ?? 'escpos')
    printer.setColumns(profile?.columns ?? 48)
  }
  load()
  deps.feed.listen((topic) => {
    if (topic === 'settings') load()
  })
  const snapshot = (): Practice => {
    const { paper, columns, fault } = printer.snapshot()
    const shown = world.snapshot()
    return { ...shown, faults: { ...shown.faults, printer: fault }, paper, paperColumns: columns }
  }
  return {
    world,
    printer,
    snapshot,
    async setFaults(faults) {
      if (faults.printer !== undefined) await printer.setFault(faults.printer)
      await world.setFaults(faults)
      if (faults.line === 'on' || (faults.printer !== undefined && !stopping.has(faults.printer)))
        deps.recovered()
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
