import type { FoundPrinter } from '../../../src-preload/contract/printer-models.ts'

export interface FindInput {
  /** IPv4 subnet of at most 1,024 addresses to knock at, e.g. `127.0.0.0/28`; none: no address is tried. */
  readonly subnet?: string | undefined
  /** Port to knock at. */
  readonly port: number
  /** Listen for mDNS announcements. */
  readonly announced: boolean
}

export interface Found {
  readonly found: FoundPrinter[]
  /** Sources that could not be asked, with why (for a technician). */
  readonly missed: { readonly source: string; readonly detail: string }[]
}
