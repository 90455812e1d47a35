import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'

/** What every source may use. */
export interface Surroundings {
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  /** Id of the model that a name seems to mean, or null. */
  guess(words: string): string | null
}

/** One way to find printers. */
export interface Source {
  readonly name: FoundPrinter['source']
  /** May reject: then this source was missed, and no other. `missed` says what else could not be seen. */
  look(
    surroundings: Surroundings,
  ): Promise<{ readonly found: FoundPrinter[]; readonly missed: string | null }>
}
