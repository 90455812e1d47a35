import type { FoundPrinter, TriedWay } from '../../../src-preload/contract/printer-models.ts'

export interface FindInput {
  /** Listen for announcements, and knock at the networks this machine stands in. */
  readonly network: boolean
  /** IPv4 subnet of at most 1,024 addresses to knock at, e.g. `127.0.0.0/28`. */
  readonly subnet?: string | undefined
  /** Port to knock at. */
  readonly port: number
}

export interface Found {
  readonly found: FoundPrinter[]
  /** Every way that was to be gone, with what it brought or why it was missed. */
  readonly tried: TriedWay[]
}
