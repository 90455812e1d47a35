/** A request that came in from outside, exactly as received. */
export interface RawCallback {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
