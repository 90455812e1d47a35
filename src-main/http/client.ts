/** A request to a provider. Bodies are text: every provider so far speaks JSON or forms. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** Milliseconds; overrides the provider's own figure, for long polls. */
  readonly timeoutMs?: number
}

/**
 * What became of a request. `notSent`: no byte of it can have reached the provider (name, connection or TLS failed).
 * `noReply`: it may have been received, but no whole answer came (time-out, reset, answer too large or cut).
 */
export type HttpResult =
  | { readonly kind: 'reply'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string }
  | { readonly kind: 'notSent'; readonly detail: string }
  | { readonly kind: 'noReply'; readonly detail: string }

export interface HttpClient {
  /** Never throws. `detail` holds no address, header or body. */
  send(request: HttpRequest, timeoutMs: number, signal?: AbortSignal): Promise<HttpResult>
  close(): Promise<void>
}
