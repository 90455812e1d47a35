export interface Findings {
  readonly lost: string[]
  readonly duplicated: string[]
  readonly stuck: string[]
  review: number
  failed: number
  unreported: number
}
