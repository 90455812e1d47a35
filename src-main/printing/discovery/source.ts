import type { FoundPrinter, TriedWay } from '../../../src-preload/contract/printer-models.ts'
import type { Clock } from '../../ports.ts'
import { describe } from '../transports/line.ts'

/** What every source may use. */
export interface Surroundings {
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  /** Id of the model that a name seems to mean, or null. */
  guess(words: string): string | null
}

type Missed = NonNullable<TriedWay['missed']>

/** One way to find printers. */
export interface Source {
  readonly name: FoundPrinter['source']
  /** Networks whose addresses it tries. */
  readonly places?: readonly string[]
  /** May reject: then this source was missed, and no other. `missed` says what else could not be seen. */
  look(
    surroundings: Surroundings,
  ): Promise<{ readonly found: FoundPrinter[]; readonly missed: Missed | null }>
}

/** A way that could not be gone, for a known reason. */
export class CannotLook extends Error {
  readonly why: Missed['why']
  constructor(why: Missed['why'], detail: string) {
    super(detail)
    this.why = why
  }
}

const whyOfCode = new Map<string, Missed['why']>([
  ['EACCES', 'forbidden'],
  ['EPERM', 'forbidden'],
  ['EADDRINUSE', 'portTaken'],
  ['ENOENT', 'noService'],
])

/** Why a way was missed, from whatever was thrown there. */
export function missedBy(error: unknown): Missed {
  const detail = describe(error)
  if (error instanceof CannotLook) return { why: error.why, detail }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return { why: whyOfCode.get(code) ?? (/LIBUSB_ERROR_ACCESS/.test(detail) ? 'forbidden' : 'failed'), detail }
}
